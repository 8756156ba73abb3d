package io.splitio;

import io.splitio.api.FlagChangeListener;
import io.splitio.client.Decisions;
import io.splitio.record.Recorder;
import java.util.concurrent.Executor;

/** What other APIs than Split's use of an instance. */
record InstanceSurroundings(Recorder recorder, ChangeNotifier changes, Executor listeners)
    implements Decisions.Surroundings {
  @Override
  public void flush() {
    recorder.flush();
  }

  @Override
  public void listen(FlagChangeListener listener) {
    changes.add(listener);
  }

  @Override
  public void ignore(FlagChangeListener listener) {
    changes.remove(listener);
  }
}
