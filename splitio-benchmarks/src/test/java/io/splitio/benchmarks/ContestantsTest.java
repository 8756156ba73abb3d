package io.splitio.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.fake.Endpoint;
import io.splitio.fake.Population;
import io.splitio.fake.SplitCloud;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contestants do the same work, or there is nothing to compare. */
class ContestantsTest {
  private static final int FLAGS = 50;

  @Test
  void answerAlike() throws Exception {
    try (SplitCloud cloud = SplitCloud.start()) {
      new Population(FLAGS, 3, 200).settleIn(cloud);
      try (CloudSdk ours = CloudSdk.Kind.OURS.ready(cloud.url());
          CloudSdk official = CloudSdk.Kind.OFFICIAL.ready(cloud.url())) {
        Set<String> treatments = new HashSet<>();
        for (int flag = 0; flag < FLAGS; flag++) {
          for (String key : new String[] {"segment-0-user-7", "flag-1-user-2", "key-" + flag}) {
            assertThat(ours.treatment(key, "flag-" + flag))
                .isEqualTo(official.treatment(key, "flag-" + flag));
            treatments.add(ours.treatment(key, "flag-" + flag));
          }
        }
        assertThat(treatments).containsExactlyInAnyOrder("on", "off");
      }
    }
  }

  @Test
  void theFloorDownloadsTheSegmentsToo() throws Exception {
    try (SplitCloud cloud = SplitCloud.start()) {
      new Population(FLAGS, 3, 200).settleIn(cloud);
      CloudSdk.Kind.FLOOR.ready(cloud.url()).close();
      assertThat(cloud.requests().of(Endpoint.SEGMENT_CHANGES)).hasSize(3);
    }
  }
}
