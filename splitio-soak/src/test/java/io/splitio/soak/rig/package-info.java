/** What the soaks share: a schedule of faults, an oracle, a ledger and an observer. */
@org.jspecify.annotations.NullMarked
package io.splitio.soak.rig;
