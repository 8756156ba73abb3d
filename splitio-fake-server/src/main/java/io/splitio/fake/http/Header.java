package io.splitio.fake.http;

/** One header line, its name spelt as it was sent. */
public record Header(String name, String value) {}
