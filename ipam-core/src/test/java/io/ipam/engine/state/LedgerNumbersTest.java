package io.ipam.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A set of numbers of ledgers against a sorted set. */
class LedgerNumbersTest {
    @Test
    void add_numbersInAnyOrderAndTwice_hasEachOnceAscending() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            LedgerNumbers numbers = new LedgerNumbers();
            TreeSet<Integer> model = new TreeSet<>();
            for (int j = random.nextInt(20); j > 0; j--) {
                int number = random.nextInt(12);
                assertEquals(model.add(number), numbers.add(number));
            }
            assertEquals(
                    List.copyOf(model),
                    IntStream.range(0, numbers.size()).mapToObj(numbers::get).toList());
        }
    }
}
