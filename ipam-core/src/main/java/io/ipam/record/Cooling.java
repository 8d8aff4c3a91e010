package io.ipam.record;

import io.ipam.owner.Owner;

/**
 * A cooling address.
 *
 * @param high bits 127 to 64
 * @param low bits 63 to 0
 * @param lastOwner the owner that released it
 * @param releasedMillis the time of the release
 */
public record Cooling(long high, long low, Owner lastOwner, long releasedMillis) {}
