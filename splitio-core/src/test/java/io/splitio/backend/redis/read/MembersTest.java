package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembersTest {
  @Test
  void segmentsThatNobodyAskedForAreNotRememberedHoweverManyChange() {
    Members members = new Members(new Push());

    for (int i = 0; i < 1_000; i++) {
      members.outdated("segment" + i);
    }

    assertThat(members.segments()).isZero();
  }
}
