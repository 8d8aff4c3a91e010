package io.ipam.address;

import static java.util.Objects.requireNonNull;

import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An immutable set of addresses of one family, of any size from 0 to 2^128, stored as ranges.
 *
 * <p>The <em>ordinal</em> of a member is the number of members below it; the first one has ordinal
 * 0.
 *
 * <p>Layout: {@link RangeColumns}. Its invariant SORTED-APART ensures that equal sets have equal
 * ranges.
 *
 * <p>Cost: 48 B per range. Lookups by address or by ordinal are O(log ranges); the methods with
 * long parameters create no object. Set operations are O(ranges of both). Only the cost of streams
 * depends on the number of addresses: O(1) per element that is requested.
 *
 * <p>Thread safety: immutable.
 */
public final class AddressSet {
    /** The maximum number of ranges in {@link #toString()}. */
    private static final int SHOWN = 16;

    private final Family family;
    private final RangeColumns columns;

    /** Called only by {@link RangeMerger}. */
    AddressSet(Family family, RangeColumns columns) {
        this.family = family;
        this.columns = columns;
    }

    /** {@return the set without members} */
    public static AddressSet empty(Family family) {
        return SetAlgebra.empty(requireNonNull(family, "family"));
    }

    /** {@return the union of ranges} Throws IllegalArgumentException for ranges of two families. */
    public static AddressSet of(AddressRange range, AddressRange... more) {
        List<AddressRange> ranges = new ArrayList<>(more.length + 1);
        ranges.add(range);
        ranges.addAll(Arrays.asList(more));
        return of(range.family(), ranges);
    }

    /**
     * {@return the union of ranges, in any order, overlapping or not} Throws
     * IllegalArgumentException for a range of the other family. Cost: O(n log n).
     */
    public static AddressSet of(Family family, Collection<AddressRange> ranges) {
        requireNonNull(ranges, "ranges");
        requireNonNull(family, "family");
        return SetAlgebra.union(family, ranges);
    }

    /** {@return all addresses of a prefix} */
    public static AddressSet of(Prefix prefix) {
        requireNonNull(prefix, "prefix");
        return of(prefix.range());
    }

    /**
     * Parses addresses, ranges, and prefixes: {@code a}, {@code a-b}, and CIDR text with zero host
     * bits. They may be in any order and may overlap. Cost: O(n log n).
     *
     * @param family the family
     * @param texts the texts
     * @return the union, with all addresses of each prefix
     * @throws InvalidAddressException if an entry is refused; it lists all refused entries with
     *     their places {@code [0]}, {@code [1]}, …
     */
    public static AddressSet parse(Family family, Collection<String> texts) {
        requireNonNull(texts, "texts");
        requireNonNull(family, "family");
        return of(family, AddressText.ranges(texts, text -> AddressText.rangeOrPrefix(text, family)));
    }

    /**
     * Parses addresses and ranges as {@link #parse} does, but refuses CIDR text, as documents do.
     * The hint contains the range to write.
     */
    public static AddressSet parseRanges(Family family, Collection<String> texts) {
        requireNonNull(texts, "texts");
        requireNonNull(family, "family");
        return of(family, AddressText.ranges(texts, text -> AddressText.range(text, family)));
    }

    /** {@return the family, even of an empty set} */
    public Family family() {
        return family;
    }

    /** {@return whether there are no members} */
    public boolean isEmpty() {
        return rangeCount() == 0;
    }

    /** {@return the number of members: 0 to 2^128} */
    public BigInteger size() {
        return isEmpty()
                ? BigInteger.ZERO
                : Uint128.toBigInteger(lastOrdinalHigh(), lastOrdinalLow()).add(BigInteger.ONE);
    }

    /** {@return the lowest member, if any} */
    public Optional<Address> first() {
        return isEmpty() ? Optional.empty() : Optional.of(range(0).first());
    }

    /** {@return the highest member, if any} */
    public Optional<Address> last() {
        return isEmpty()
                ? Optional.empty()
                : Optional.of(range(rangeCount() - 1).last());
    }

    /** {@return the maximal ranges, ascending} Cost: O(ranges) for each call. */
    public List<AddressRange> ranges() {
        AddressRange[] ranges = new AddressRange[rangeCount()];
        for (int index = 0; index < ranges.length; index++) {
            ranges[index] = range(index);
        }
        return List.of(ranges);
    }

    /**
     * {@return the canonical texts of {@link #ranges()}; {@link #parseRanges} parses them to an
     * equal set}
     */
    public List<String> texts() {
        return ranges().stream().map(AddressRange::toString).toList();
    }

    /**
     * {@return the members, ascending} Cost: O(1) per element that is requested. {@code count} is
     * O(1) below 2^63 members; {@link #size()} always is.
     */
    public Stream<Address> addresses() {
        return AddressStreams.addresses(this);
    }

    /**
     * {@return the minimal list of prefixes with exactly these members, ascending} Cost: O(1) per
     * element that is requested. A range has at most 62 prefixes, or 254 for IPv6.
     */
    public Stream<Prefix> prefixes() {
        return AddressStreams.prefixes(this);
    }

    /** {@return whether the address is a member; false for the other family} */
    public boolean contains(Address address) {
        requireNonNull(address, "address");
        return address.family() == family && rangeIndexOf(address.high(), address.low()) >= 0;
    }

    /** {@return whether every address of the range is a member; false for the other family} */
    public boolean contains(AddressRange range) {
        requireNonNull(range, "range");
        if (range.family() != family) {
            return false;
        }
        int index = rangeIndexOf(range.first().high(), range.first().low());
        Address last = range.last();
        return index >= 0 && !Uint128.isLess(columns.lastHigh(index), columns.lastLow(index), last.high(), last.low());
    }

    /**
     * {@return whether every member of the other set is a member of this one; false for any set of
     * the other family, even an empty one}
     */
    public boolean containsAll(AddressSet other) {
        requireNonNull(other, "other");
        return SetAlgebra.containsAll(this, other);
    }

    /** {@return whether some address is a member of both sets; false for the other family} */
    public boolean overlaps(AddressSet other) {
        requireNonNull(other, "other");
        return SetAlgebra.overlaps(this, other);
    }

    /** {@return the members of either set} Throws IllegalArgumentException for the other family. */
    public AddressSet union(AddressSet other) {
        requireNonNull(other, "other");
        return SetAlgebra.union(this, other);
    }

    /**
     * {@return the members of this set that are not in the other} Throws IllegalArgumentException
     * for the other family.
     */
    public AddressSet minus(AddressSet other) {
        requireNonNull(other, "other");
        return SetAlgebra.minus(this, other);
    }

    /** {@return the members of both sets} Throws IllegalArgumentException for the other family. */
    public AddressSet intersect(AddressSet other) {
        requireNonNull(other, "other");
        return SetAlgebra.intersect(this, other);
    }

    /** {@return the ordinal of an address; empty if it is not a member} */
    public Optional<BigInteger> ordinalOf(Address address) {
        requireNonNull(address, "address");
        return Ordinals.of(this, address);
    }

    /**
     * {@return the member with an ordinal} Throws IndexOutOfBoundsException if the ordinal is
     * negative or not below the size.
     *
     * @param ordinal the ordinal, from 0
     */
    public Address addressAt(BigInteger ordinal) {
        requireNonNull(ordinal, "ordinal");
        return Ordinals.addressAt(this, ordinal);
    }

    /** {@return the number of maximal ranges} */
    public int rangeCount() {
        return columns.count();
    }

    /**
     * {@return the index of the range that contains an address of this family, or -1} The
     * parameters are the halves of the address.
     */
    public int rangeIndexOf(long high, long low) {
        return columns.indexOf(high, low);
    }

    /**
     * {@return the index of the range that contains the member with an ordinal, or -1} The
     * parameters are the halves of the ordinal.
     */
    public int rangeIndexOfOrdinal(long high, long low) {
        return columns.indexOfOrdinal(high, low);
    }

    /**
     * {@return the range at an index} Like the next six methods, it throws
     * IndexOutOfBoundsException if there is none.
     *
     * @param index the index of the range, from 0
     */
    public AddressRange range(int index) {
        return new AddressRange(
                address(columns.firstHigh(index), columns.firstLow(index)),
                address(columns.lastHigh(index), columns.lastLow(index)));
    }

    /** {@return bits 127 to 64 of the first address of a range} */
    public long firstHigh(int index) {
        return columns.firstHigh(index);
    }

    /** {@return bits 63 to 0 of the first address of a range} */
    public long firstLow(int index) {
        return columns.firstLow(index);
    }

    /** {@return bits 127 to 64 of the last address of a range} */
    public long lastHigh(int index) {
        return columns.lastHigh(index);
    }

    /** {@return bits 63 to 0 of the last address of a range} */
    public long lastLow(int index) {
        return columns.lastLow(index);
    }

    /** {@return bits 127 to 64 of the ordinal of the first address of a range} */
    public long ordinalHigh(int index) {
        return columns.ordinalHigh(index);
    }

    /** {@return bits 63 to 0 of the ordinal of the first address of a range} */
    public long ordinalLow(int index) {
        return columns.ordinalLow(index);
    }

    /**
     * {@return bits 127 to 64 of the highest ordinal: size - 1} Throws IllegalStateException for
     * the empty set.
     */
    public long lastOrdinalHigh() {
        return columns.lastOrdinalHigh();
    }

    /**
     * {@return bits 63 to 0 of the highest ordinal: size - 1} Throws IllegalStateException for the
     * empty set.
     */
    public long lastOrdinalLow() {
        return columns.lastOrdinalLow();
    }

    /** Whether the other object is a set of the same family with the same members. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet that && family == that.family && columns.hasSameRanges(that.columns);
    }

    /** A hash of the ranges. */
    @Override
    public int hashCode() {
        return 31 * columns.hashOfRanges() + family.number();
    }

    /**
     * The first ranges as human-readable text: {@code [10.0.0.1-10.0.0.9, 10.0.1.1]}; {@link
     * #texts()} has all.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int index = 0; index < Math.min(SHOWN, rangeCount()); index++) {
            text.append(index == 0 ? "" : ", ").append(range(index));
        }
        if (rangeCount() > SHOWN) {
            text.append(", … ").append(rangeCount()).append(" ranges");
        }
        return text.append(']').toString();
    }

    /**
     * Checks SORTED-APART and the ordinals; throws IllegalStateException with both values if one is
     * broken.
     */
    void verifyInvariant() {
        columns.verifyInvariant(family);
    }

    private Address address(long high, long low) {
        return new Address(family, high, low);
    }
}
