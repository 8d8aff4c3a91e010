package io.ipam.benchmarks.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Property
    void exponent_powerFunction_isItsPower(
            @ForAll @DoubleRange(min = -3, max = 3) double exponent,
            @ForAll @DoubleRange(min = 0.1, max = 1000) double factor) {
        Curve.Builder curve = Curve.named("power");
        for (int size = 1; size < 1_000_000; size *= 7) {
            curve.add("", size, factor * Math.pow(size, exponent));
        }
        assertEquals(exponent, curve.build().exponent(), 1e-9);
    }

    @Test
    void exponent_oneSize_isNaN() {
        assertTrue(Double.isNaN(Curve.named("a").add("1", 5, 7).build().exponent()));
        assertTrue(Double.isNaN(
                Curve.named("a").add("1", 5, 7).add("2", 5, 8).build().exponent()));
    }

    @Test
    void tables_curves_areMarkdown() {
        Curve flat = Curve.named("flat").add("1", 1, 7).add("10", 10, 7).build();
        assertEquals(
                "| flat | 1 | 10 | exponent |\n|-|-|-|-|\n| ns | 7.00 | 7.00 | 0.00 |\n", CurveTable.of(flat, "ns"));
        assertEquals(
                "| all, ns | 1 | 10 |\n|-|-|-|\n| flat | 7.00 | 7.00 |\n", CurveTable.of("all", List.of(flat), "ns"));
    }
}
