package io.splitio.backend.redis.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Services.Machine;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who writes (Redis specification 4.1). */
class IdentityTest {
  @Test
  void nameAndAddressAreToldAsTheyAre() {
    assertThat(Identity.of(() -> new Machine("java-1.0.0", "web-3", "10.0.0.7")).get())
        .isEqualTo(new Identity("java-1.0.0", "web-3", "10.0.0.7"));
  }

  @Test
  void whereTheyAreNotToBeToldTheyAreNotAvailable() {
    assertThat(Identity.of(() -> new Machine("java-1.0.0", null, null)).get().field())
        .isEqualTo("java-1.0.0/NA/NA");
  }

  @Test
  void anAddressThatCannotBeFoundOutIsUnknown() {
    assertThat(Identity.of(() -> new Machine("java-1.0.0", "web-3", null)).get().field())
        .isEqualTo("java-1.0.0/web-3/unknown");
  }

  @Test
  void whatWouldBreakAHeaderOrAFieldIsReplaced() {
    assertThat(Identity.of(() -> new Machine("java-1.0.0", "a/b\r\nc\u0000", "::1")).get().field())
        .isEqualTo("java-1.0.0/a_bc/::1");
  }

  @Test
  void aLongNameIsCut() {
    assertThat(Identity.of(() -> new Machine("j", "n".repeat(500), "i")).get().host()).hasSize(128);
  }

  @Test
  void itIsFoundOutOnce() {
    AtomicInteger asked = new AtomicInteger();
    Supplier<Identity> identity =
        Identity.of(() -> new Machine("j", "n" + asked.incrementAndGet(), "i"));

    assertThat(identity.get()).isSameAs(identity.get());
    assertThat(asked).hasValue(1);
  }
}
