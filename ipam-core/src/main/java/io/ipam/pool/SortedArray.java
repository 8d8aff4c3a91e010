package io.ipam.pool;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sorted elements in one array of references. Cost: a change copies the array; a search is binary.
 * Thread safety: immutable.
 */
final class SortedArray<T> {
    private final Comparator<? super T> order;
    private final Object[] sorted;

    private SortedArray(Comparator<? super T> order, Object[] sorted) {
        this.order = order;
        this.sorted = sorted;
    }

    /** Sorts elements that are in any order. */
    static <T> SortedArray<T> of(Comparator<? super T> order, Collection<T> things) {
        return new SortedArray<>(order, things.stream().sorted(order).toArray());
    }

    /** A view of all elements. */
    List<T> all() {
        @SuppressWarnings("unchecked") // of() and with() store nothing but T
        List<T> view = (List<T>) Collections.unmodifiableList(Arrays.asList(sorted));
        return view;
    }

    @SuppressWarnings("unchecked") // as in all()
    T at(int index) {
        return (T) sorted[index];
    }

    int size() {
        return sorted.length;
    }

    /**
     * The index of the first element that is not below a key. The function returns the sign of the
     * comparison of an element with the key.
     */
    int lowerBound(ToIntFunction<? super T> toKey) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (toKey.applyAsInt(at(middle)) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The element that is equal to a key; null if there is none. */
    @Nullable
    T find(ToIntFunction<? super T> toKey) {
        int index = lowerBound(toKey);
        return index < sorted.length && toKey.applyAsInt(at(index)) == 0 ? at(index) : null;
    }

    private int indexOf(T thing) {
        return lowerBound(other -> order.compare(other, thing));
    }

    private boolean isAt(int index, T thing) {
        return index < sorted.length && order.compare(at(index), thing) == 0;
    }

    SortedArray<T> with(T added) {
        return with(List.of(added));
    }

    SortedArray<T> without(T removed) {
        return without(List.of(removed));
    }

    /** A copy with more elements, sorted; each replaces the element that is equal to it. */
    SortedArray<T> with(List<T> added) {
        Object[] merged = new Object[sorted.length + added.size()];
        int from = 0;
        int to = 0;
        for (T thing : added) {
            int index = indexOf(thing);
            System.arraycopy(sorted, from, merged, to, index - from);
            to += index - from;
            merged[to++] = thing;
            from = isAt(index, thing) ? index + 1 : index;
        }
        System.arraycopy(sorted, from, merged, to, sorted.length - from);
        return new SortedArray<>(order, Arrays.copyOf(merged, to + sorted.length - from));
    }

    /** A copy without these elements, sorted, each of which must be present. */
    SortedArray<T> without(List<T> removed) {
        Object[] rest = new Object[sorted.length - removed.size()];
        int from = 0;
        int to = 0;
        for (T thing : removed) {
            int index = indexOf(thing);
            System.arraycopy(sorted, from, rest, to, index - from);
            to += index - from;
            from = index + 1;
        }
        System.arraycopy(sorted, from, rest, to, sorted.length - from);
        return new SortedArray<>(order, rest);
    }

    /**
     * Passes the differences to a consumer in order: pairs of the element here and the later one,
     * or null if there is none. Cost: O(elements); shared elements are recognized by identity.
     */
    void forEachDifference(SortedArray<T> later, BiConsumer<@Nullable T, @Nullable T> each) {
        int i = 0;
        int j = 0;
        while (i < sorted.length || j < later.sorted.length) {
            if (i < sorted.length && j < later.sorted.length && sorted[i] == later.sorted[j]) {
                i++;
                j++;
                continue;
            }
            int sign = i == sorted.length ? 1 : j == later.sorted.length ? -1 : order.compare(at(i), later.at(j));
            T was = sign <= 0 ? at(i++) : null;
            T is = sign >= 0 ? later.at(j++) : null;
            if (was == null || !was.equals(is)) {
                each.accept(was, is);
            }
        }
    }
}
