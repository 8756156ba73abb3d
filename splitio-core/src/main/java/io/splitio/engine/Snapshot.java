package io.splitio.engine;

/**
 * A consistent, immutable set of definitions. One evaluation sees one snapshot, from end to end.
 */
public final class Snapshot {}
