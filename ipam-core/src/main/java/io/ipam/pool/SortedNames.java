package io.ipam.pool;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things in the order of their names by code point. Cost: one array of references, copied by a change; a look-up is a binary search,
 * and O(1) in a snapshot that many look-ups meet. Thread safety: immutable but for the index, which is made at most a few times over.
 */
final class SortedNames<T> {
    /** Among fewer things a binary search is as fast as a hash table. */
    private static final int INDEXED_FROM = 16;
    /** Making the index costs about as much as this share of its entries in searches: one in eight. */
    private static final int SHARE = 8;

    private final Function<T, String> nameOf;
    private final Object[] sorted;
    /** Searches so far; threads may lose counts, which only puts the index off. */
    private int searches;
    /** By name; ResolutionBenchmark.threeNamed among 10,000 pools takes 370 ns with it, 530 ns without. */
    private volatile @Nullable Map<String, T> index;

    private SortedNames(Function<T, String> nameOf, Object[] sorted) {
        this.nameOf = nameOf;
        this.sorted = sorted;
    }

    /** Takes things in any order with different names. */
    static <T> SortedNames<T> of(Function<T, String> nameOf, List<T> things) {
        Object[] sorted = things.stream()
                .sorted((a, b) -> NameOrder.BY_CODE_POINT.compare(nameOf.apply(a), nameOf.apply(b)))
                .toArray();
        return new SortedNames<>(nameOf, sorted);
    }

    /** All of them; a view, without a copy. */
    List<T> all() {
        @SuppressWarnings("unchecked") // of() and with() store nothing but T
        List<T> view = (List<T>) Collections.unmodifiableList(Arrays.asList(sorted));
        return view;
    }

    @Nullable
    T get(String name) {
        Map<String, T> known = index;
        if (known != null) {
            return known.get(name);
        }
        if (sorted.length >= INDEXED_FROM && ++searches > sorted.length / SHARE) {
            index = indexed();
        }
        int at = indexOf(name);
        return at < 0 ? null : at(at);
    }

    private Map<String, T> indexed() {
        Map<String, T> byName = new HashMap<>(2 * sorted.length);
        for (T thing : all()) {
            byName.put(nameOf.apply(thing), thing);
        }
        return byName;
    }

    /** With one thing more, in place of the one with the same name. */
    SortedNames<T> with(T thing) {
        int at = indexOf(nameOf.apply(thing));
        if (at >= 0) {
            Object[] copy = sorted.clone();
            copy[at] = thing;
            return new SortedNames<>(nameOf, copy);
        }
        int gap = -at - 1;
        Object[] more = new Object[sorted.length + 1];
        System.arraycopy(sorted, 0, more, 0, gap);
        more[gap] = thing;
        System.arraycopy(sorted, gap, more, gap + 1, sorted.length - gap);
        return new SortedNames<>(nameOf, more);
    }

    /** Without the thing of that name, which is there. */
    SortedNames<T> without(String name) {
        int at = indexOf(name);
        Object[] rest = new Object[sorted.length - 1];
        System.arraycopy(sorted, 0, rest, 0, at);
        System.arraycopy(sorted, at + 1, rest, at, rest.length - at);
        return new SortedNames<>(nameOf, rest);
    }

    /** Those whose names start with a prefix, in order; a view. */
    List<T> startingWith(String prefix) {
        int found = indexOf(prefix);
        int from = found >= 0 ? found : -found - 1;
        int to = from;
        int high = sorted.length;
        while (to < high) {
            int middle = (to + high) >>> 1;
            if (nameOf.apply(at(middle)).startsWith(prefix)) {
                to = middle + 1;
            } else {
                high = middle;
            }
        }
        return all().subList(from, to);
    }

    /**
     * Tells what differs, by name: each thing that is not equal to the one of its name, with null where there is none. Cost: a look
     * at each place; what two snapshots share is told apart by identity.
     */
    void forEachDifference(SortedNames<T> later, BiConsumer<@Nullable T, @Nullable T> each) {
        int i = 0;
        int j = 0;
        while (i < sorted.length || j < later.sorted.length) {
            if (i < sorted.length && j < later.sorted.length && sorted[i] == later.sorted[j]) {
                i++;
                j++;
                continue;
            }
            int order = order(i, later, j);
            T was = order <= 0 ? at(i++) : null;
            T is = order >= 0 ? later.at(j++) : null;
            if (was == null || !was.equals(is)) {
                each.accept(was, is);
            }
        }
    }

    /** Which name comes first; what is beyond the end comes last. */
    private int order(int index, SortedNames<T> later, int laterIndex) {
        if (index == sorted.length) {
            return 1;
        }
        return laterIndex == later.sorted.length
                ? -1
                : NameOrder.BY_CODE_POINT.compare(nameOf.apply(at(index)), nameOf.apply(later.at(laterIndex)));
    }

    private int indexOf(String name) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = NameOrder.BY_CODE_POINT.compare(nameOf.apply(at(middle)), name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    @SuppressWarnings("unchecked") // as in all()
    private T at(int index) {
        return (T) sorted[index];
    }
}
