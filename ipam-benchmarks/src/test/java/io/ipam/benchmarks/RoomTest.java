package io.ipam.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.ClassLayout;

/** Behind the last field that a request reads or writes there is room to the end of the object: what the JVM makes of decision 0059. */
class RoomTest {
    private static final int LINE = 64;
    /** Fields that are room, and the holder of a mutex, which just assertions look at. */
    private static final Pattern ROOM = Pattern.compile("[pqr][0-9]+|holder");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.ipam.allocation.state.Mutex",
                "io.ipam.allocation.state.Ledger",
                "io.ipam.allocation.state.RecordTable",
                "io.ipam.allocation.state.Stripe",
                "io.ipam.allocation.state.OwnerTable",
                "io.ipam.bitmap.DenseLevels"
            })
    void aLineIsFreeBehindTheFields(String name) throws ClassNotFoundException {
        ClassLayout layout = ClassLayout.parseClass(Class.forName(name));
        long end = layout.fields().stream()
                .filter(field -> !ROOM.matcher(field.name()).matches())
                .mapToLong(field -> field.offset() + field.size())
                .max()
                .orElseThrow();
        assertTrue(layout.instanceSize() - end >= LINE, layout::toPrintable);
    }
}
