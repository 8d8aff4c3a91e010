package io.ipam.address;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint, non-adjacent intervals of BigIntegers, by naive code: the model of {@link AddressSet}.
 *
 * @param family the family
 * @param intervals ascending
 */
record ModelSet(Family family, List<Interval> intervals) {
    record Interval(BigInteger first, BigInteger last) {
        BigInteger size() {
            return last.subtract(first).add(BigInteger.ONE);
        }
    }

    static ModelSet of(Family family, List<Interval> any) {
        List<Interval> sorted = new ArrayList<>(any);
        sorted.sort(Comparator.comparing(Interval::first));
        List<Interval> merged = new ArrayList<>();
        for (Interval next : sorted) {
            Interval newest = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (newest == null || next.first().compareTo(newest.last().add(BigInteger.ONE)) > 0) {
                merged.add(next);
            } else {
                merged.set(
                        merged.size() - 1,
                        new Interval(newest.first(), newest.last().max(next.last())));
            }
        }
        return new ModelSet(family, List.copyOf(merged));
    }

    ModelSet union(ModelSet other) {
        List<Interval> both = new ArrayList<>(intervals);
        both.addAll(other.intervals);
        return of(family, both);
    }

    ModelSet minus(ModelSet other) {
        List<Interval> rest = intervals;
        for (Interval cut : other.intervals) {
            List<Interval> next = new ArrayList<>();
            for (Interval interval : rest) {
                add(next, interval.first(), interval.last().min(cut.first().subtract(BigInteger.ONE)));
                add(next, interval.first().max(cut.last().add(BigInteger.ONE)), interval.last());
            }
            rest = next;
        }
        return of(family, rest);
    }

    ModelSet intersect(ModelSet other) {
        List<Interval> common = new ArrayList<>();
        for (Interval a : intervals) {
            for (Interval b : other.intervals) {
                add(common, a.first().max(b.first()), a.last().min(b.last()));
            }
        }
        return of(family, common);
    }

    BigInteger size() {
        return intervals.stream().map(Interval::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    BigInteger at(BigInteger ordinal) {
        BigInteger left = ordinal;
        for (Interval interval : intervals) {
            if (left.compareTo(interval.size()) < 0) {
                return interval.first().add(left);
            }
            left = left.subtract(interval.size());
        }
        throw new IndexOutOfBoundsException(ordinal.toString());
    }

    private static void add(List<Interval> intervals, BigInteger first, BigInteger last) {
        if (first.compareTo(last) <= 0) {
            intervals.add(new Interval(first, last));
        }
    }
}
