package io.ipam.benchmarks.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void median_oddAndEvenCounts_isTheMiddle() {
        assertEquals(3, new Samples(9, 1, 3).median());
        assertEquals(2.5, new Samples(4, 1, 3, 2).median());
        assertEquals(7, new Samples(7).median());
    }

    @Test
    void count_threeSamples_isTheirNumber() {
        assertEquals(3, new Samples(9, 1, 3).count());
    }

    @Test
    void constructor_noSample_throws() {
        assertThrows(IllegalArgumentException.class, Samples::new);
    }

    @Test
    void constructor_laterChangeOfTheArray_hasNoEffect() {
        double[] values = {2, 3, 4};
        Samples samples = new Samples(values);
        Arrays.fill(values, 0);
        assertEquals(3, samples.median());
    }

    @Property
    void median_anySamples_asManyBelowAsAbove(
            @ForAll @Size(min = 1, max = 20) double @DoubleRange(min = 0, max = 1e6) [] values) {
        double median = new Samples(values).median();
        long below = Arrays.stream(values).filter(value -> value < median).count();
        long above = Arrays.stream(values).filter(value -> value > median).count();
        assertEquals(true, below <= values.length / 2 && above <= values.length / 2);
    }
}
