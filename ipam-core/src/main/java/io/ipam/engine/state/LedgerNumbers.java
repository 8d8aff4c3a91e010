package io.ipam.engine.state;

import java.util.Arrays;

/**
 * A set of numbers of ledgers, ascending. Cost: O(numbers) to add one, 4 B each. Thread safety:
 * none.
 */
final class LedgerNumbers {
    private int[] numbers = new int[4];
    private int size;

    int size() {
        return size;
    }

    /** The number at an index, the lowest first. */
    int get(int index) {
        return numbers[index];
    }

    /** Adds a number; returns whether the set lacked it. */
    boolean add(int number) {
        int at = size;
        while (at > 0 && numbers[at - 1] >= number) {
            at--;
        }
        if (at < size && numbers[at] == number) {
            return false;
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        System.arraycopy(numbers, at, numbers, at + 1, size - at);
        numbers[at] = number;
        size++;
        return true;
    }
}
