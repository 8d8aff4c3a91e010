package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that differ in one number usually have different hash codes, so that maps keyed by them
 * stay fast.
 */
class HashCodesTest {
    private static final int VALUES = 200;

    static Stream<IntFunction<Object>> families() {
        return Stream.of(
                i -> Pool.builder("pool-" + i, "10.6.0.0/16").build(),
                i -> Pool.builder("pool", "10.6." + i + ".0/24").build(),
                i -> LabelSelector.of(Map.of("app", "web-" + i)),
                i -> LabelSelector.of(
                        Map.of(),
                        List.of(new LabelRequirement("app", LabelRequirement.Operator.IN, List.of("web-" + i)))),
                i -> PoolNamePattern.parse("rack-" + i + "-*"),
                i -> PoolCatalog.of(Pool.builder("pool-" + i, "10.6.0.0/16").build()),
                i -> PoolCatalog.EMPTY.withReserved(
                        ReservedRange.parse("held-back", Family.IPV4, List.of("10.6.0." + i))));
    }

    @ParameterizedTest
    @MethodSource("families")
    void hashCode_valuesDifferingInOneNumber_mostlyDiffers(IntFunction<Object> family) {
        long distinct = IntStream.range(0, VALUES)
                .map(i -> family.apply(i).hashCode())
                .distinct()
                .count();
        assertTrue(distinct > VALUES * 9 / 10, () -> distinct + " of " + VALUES);
    }
}
