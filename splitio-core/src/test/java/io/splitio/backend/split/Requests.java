package io.splitio.backend.split;

import io.splitio.api.DateUnit;
import io.splitio.backend.Services.Machine;
import io.splitio.backend.split.keep.Copy;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.fake.SplitCloud;
import io.splitio.net.Http;
import io.splitio.net.HttpSettings;
import io.splitio.telemetry.Telemetry;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executors;

/** The requests of an SDK that has nothing else. */
final class Requests {
  private Requests() {}

  static Http http() {
    return new Http(
        HttpSettings.defaults().withoutEnvironmentProxy(),
        role -> Executors.defaultThreadFactory());
  }

  static SplitApi to(SplitCloud cloud, Http http, Telemetry telemetry) {
    return new SplitApi(
        Endpoints.at(URI.create(cloud.url())),
        http,
        new SplitApi.Settings(
            "key",
            new Metadata("key", () -> new Machine("java-1.0.0", null, null)),
            new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE),
            1 << 20,
            () -> Copy.by(null),
            telemetry,
            Clock.systemUTC()));
  }
}
