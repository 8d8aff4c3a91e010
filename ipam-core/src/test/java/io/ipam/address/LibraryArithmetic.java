package io.ipam.address;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The results of the library. */
final class LibraryArithmetic implements Arithmetic<AddressSet> {
    @Override
    public AddressSet ranges(Family family, List<String> texts) {
        return AddressSet.parseRanges(family, texts);
    }

    @Override
    public AddressSet addresses(Family family, List<String> texts) {
        List<AddressRange> ranges = texts.stream()
                .map(text -> AddressRange.of(Address.parse(family, text)))
                .toList();
        return AddressSet.of(family, ranges);
    }

    @Override
    public AddressSet prefix(@Nullable Family family, String text) {
        return AddressSet.of(family == null ? Prefix.parseMasked(text) : Prefix.parseMasked(family, text));
    }

    @Override
    public String maskedText(Family family, String text) {
        return Prefix.parseMasked(family, text).toString();
    }

    @Override
    public String canonicalText(String text) {
        return Prefix.parseCanonical(text).toString();
    }

    @Override
    public Family familyOf(AddressSet set) {
        return set.family();
    }

    @Override
    public Family familyOfAddress(String text) {
        return Address.parse(text).family();
    }

    @Override
    public AddressSet union(AddressSet a, AddressSet b) {
        return a.union(b);
    }

    @Override
    public AddressSet intersect(AddressSet a, AddressSet b) {
        return a.intersect(b);
    }

    @Override
    public AddressSet minus(AddressSet a, AddressSet b) {
        return a.minus(b);
    }

    @Override
    public boolean overlaps(AddressSet a, AddressSet b) {
        return a.overlaps(b);
    }

    @Override
    public boolean containsAll(AddressSet a, AddressSet b) {
        return a.containsAll(b);
    }

    @Override
    public BigInteger size(AddressSet set) {
        return set.size();
    }

    @Override
    public String at(AddressSet set, BigInteger ordinal) {
        return set.addressAt(ordinal).toString();
    }

    @Override
    public List<String> rangeTexts(AddressSet set) {
        return set.texts();
    }

    @Override
    public Optional<String> next(String text) {
        Address address = Address.parse(text);
        return address.isLast() ? Optional.empty() : Optional.of(address.next().toString());
    }

    @Override
    public Optional<String> previous(String text) {
        Address address = Address.parse(text);
        return address.isFirst()
                ? Optional.empty()
                : Optional.of(address.previous().toString());
    }

    @Override
    public int compare(String a, String b) {
        return Integer.signum(Address.parse(a).compareTo(Address.parse(b)));
    }
}
