package io.splitio.backend;

import java.util.function.BooleanSupplier;

/**
 * That it is in vain to wait, when somebody wishes for another attempt before its time.
 *
 * <p>A feed doubts it at once, where the wish is uttered, and says on its lane what becomes of the
 * wish. Where there is no verdict, nothing is doubted.
 */
public interface Verdict {
  /** There never is one. */
  Verdict NONE =
      new Verdict() {
        @Override
        public void doubt() {}

        @Override
        public void lift() {}

        @Override
        public void uphold() {}
      };

  /** An attempt is wished for: who asks from now on waits for one of the other two. */
  void doubt();

  /** The attempt begins, or is under way, and will say how it ends: who asks waits for that. */
  void lift();

  /** There is no attempt: the verdict stands, also for those who asked meanwhile. */
  void uphold();

  /** Somebody wishes for another attempt, which is made on a lane if it is possible then. */
  default void appeal(Lane lane, BooleanSupplier possible, Runnable attempt) {
    doubt();
    lane.execute(
        () -> {
          if (possible.getAsBoolean()) {
            lift(); // before the attempt can fail
            attempt.run();
          } else {
            uphold();
          }
        });
  }

  /** This one and another. */
  default Verdict and(Verdict other) {
    Verdict one = this;
    return new Verdict() {
      @Override
      public void doubt() {
        one.doubt();
        other.doubt();
      }

      @Override
      public void lift() {
        one.lift();
        other.lift();
      }

      @Override
      public void uphold() {
        one.uphold();
        other.uphold();
      }
    };
  }
}
