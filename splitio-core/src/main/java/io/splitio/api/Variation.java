package io.splitio.api;

/**
 * What FeatBit knows of a treatment besides its value. Two variations with equal values are told
 * apart by their ids.
 *
 * @param id its id
 * @param type what its value is: {@code boolean}, {@code string}, {@code number} or {@code json}
 * @param flagName the name of the flag, as people read it
 * @param experiment whether this decision counts for an experiment
 */
public record Variation(String id, String type, String flagName, boolean experiment) {}
