package io.splitio.sample.shop;

/**
 * Something to buy.
 *
 * @param id its name in addresses
 * @param name its name
 * @param kind such as {@code green}
 * @param origin where it grows
 * @param notes how it tastes
 * @param listPrice what a tin costs before any discount
 */
public record Tea(
    String id, String name, String kind, String origin, String notes, Money listPrice) {}
