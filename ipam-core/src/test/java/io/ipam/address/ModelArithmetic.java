package io.ipam.address;

import io.ipam.address.ReferenceReader.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The correct results, by {@link ReferenceReader} and BigInteger. */
final class ModelArithmetic implements Arithmetic<ModelSet> {
    @Override
    public ModelSet ranges(Family family, List<String> texts) {
        return ModelSet.of(
                family, texts.stream().map(text -> range(family, text)).toList());
    }

    @Override
    public ModelSet addresses(Family family, List<String> texts) {
        return ModelSet.of(
                family, texts.stream().map(text -> interval(family, text, text)).toList());
    }

    private static ModelSet.Interval range(Family family, String text) {
        String[] ends = text.split("-", -1);
        if (ends.length > 2) {
            throw new Refused(text);
        }
        return interval(family, ends[0], ends[ends.length - 1]);
    }

    private static ModelSet.Interval interval(Family family, String first, String last) {
        Value from = value(first);
        Value to = value(last);
        if (from.family() != family || to.family() != family || from.bits().compareTo(to.bits()) > 0) {
            throw new Refused(first + "-" + last);
        }
        return new ModelSet.Interval(from.bits(), to.bits());
    }

    static Value value(String text) {
        return ReferenceReader.read(text).orElseThrow(() -> new Refused(text));
    }

    @Override
    public ModelSet prefix(@Nullable Family family, String text) {
        Value base = masked(text);
        if (family != null && base.family() != family) {
            throw new Refused(text);
        }
        BigInteger size = BigInteger.ONE.shiftLeft(base.family().bits() - length(text));
        BigInteger last = base.bits().add(size).subtract(BigInteger.ONE);
        return ModelSet.of(base.family(), List.of(new ModelSet.Interval(base.bits(), last)));
    }

    private static int length(String text) {
        String digits = text.substring(text.indexOf('/') + 1);
        if (!digits.matches("[0-9]+")) {
            throw new Refused(text);
        }
        return new BigInteger(digits).min(BigInteger.valueOf(1000)).intValue();
    }

    private static Value masked(String text) {
        int slash = text.indexOf('/');
        Value address = value(slash < 0 ? "" : text.substring(0, slash));
        int hostBits = address.family().bits() - length(text);
        if (hostBits < 0) {
            throw new Refused(text);
        }
        BigInteger base = address.bits().shiftRight(hostBits).shiftLeft(hostBits);
        if (address.family() == Family.IPV6 && base.shiftRight(32).equals(BigInteger.valueOf(0xffff))) {
            throw new Refused(text);
        }
        return new Value(address.family(), base);
    }

    @Override
    public String maskedText(Family family, String text) {
        Value base = masked(text);
        if (base.family() != family) {
            throw new Refused(text);
        }
        return ReferenceReader.write(base) + "/" + length(text);
    }

    @Override
    public String canonicalText(String text) {
        if (!maskedText(masked(text).family(), text).equals(text)) {
            throw new Refused(text);
        }
        return text;
    }

    @Override
    public Family familyOf(ModelSet set) {
        return set.family();
    }

    @Override
    public Family familyOfAddress(String text) {
        return value(text).family();
    }

    @Override
    public ModelSet union(ModelSet a, ModelSet b) {
        return a.union(b);
    }

    @Override
    public ModelSet intersect(ModelSet a, ModelSet b) {
        return a.intersect(b);
    }

    @Override
    public ModelSet minus(ModelSet a, ModelSet b) {
        return a.minus(b);
    }

    @Override
    public boolean overlaps(ModelSet a, ModelSet b) {
        return !a.intersect(b).intervals().isEmpty();
    }

    @Override
    public boolean containsAll(ModelSet a, ModelSet b) {
        return b.minus(a).intervals().isEmpty();
    }

    @Override
    public BigInteger size(ModelSet set) {
        return set.size();
    }

    @Override
    public String at(ModelSet set, BigInteger ordinal) {
        return ReferenceReader.write(new Value(set.family(), set.at(ordinal)));
    }

    @Override
    public List<String> rangeTexts(ModelSet set) {
        return set.intervals().stream()
                .map(interval -> {
                    String first = ReferenceReader.write(new Value(set.family(), interval.first()));
                    String last = ReferenceReader.write(new Value(set.family(), interval.last()));
                    return first.equals(last) ? first : first + "-" + last;
                })
                .toList();
    }

    @Override
    public Optional<String> next(String text) {
        return neighbour(text, 1);
    }

    @Override
    public Optional<String> previous(String text) {
        return neighbour(text, -1);
    }

    private static Optional<String> neighbour(String text, int step) {
        Value value = value(text);
        BigInteger bits = value.bits().add(BigInteger.valueOf(step));
        return bits.signum() < 0 || bits.bitLength() > value.family().bits()
                ? Optional.empty()
                : Optional.of(ReferenceReader.write(new Value(value.family(), bits)));
    }

    @Override
    public int compare(String a, String b) {
        Value left = value(a);
        Value right = value(b);
        return left.family() == right.family()
                ? left.bits().compareTo(right.bits())
                : left.family() == Family.IPV4 ? -1 : 1;
    }
}
