package io.splitio.spring.toggle.elsewhere;

/** Inherits a package-private method within its package. */
public class InheritingTill extends PackagePrivateTill {
  /** Asks for what the method answers, as a neighbour may. */
  public static String pay(InheritingTill till) {
    return till.pay();
  }
}
