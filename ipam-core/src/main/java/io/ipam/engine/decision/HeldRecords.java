package io.ipam.engine.decision;

import io.ipam.allocation.Holding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of one owner by generation. Cost: O(records) to create, O(1) to look up. Thread
 * safety: none.
 */
final class HeldRecords {
    private final List<HeldRecord> records;
    private final Map<Long, HeldRecord> byGeneration;

    HeldRecords(List<HeldRecord> records) {
        this.records = records;
        byGeneration = records.isEmpty() ? Map.of() : new HashMap<>();
        records.forEach(record -> byGeneration.put(record.generation(), record));
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Whether a holding is still as the resolver read it. */
    boolean has(Holding holding) {
        HeldRecord record = byGeneration.get(holding.generation());
        return record != null && record.is(holding);
    }

    /** The number of records for these interfaces or for an unknown one. */
    long countOf(Set<String> interfaces) {
        return records.stream()
                .map(HeldRecord::interfaceName)
                .filter(name -> name.isEmpty() || interfaces.contains(name))
                .count();
    }

    /** The record of a holding. */
    HeldRecord of(Holding holding) {
        @Nullable HeldRecord record = byGeneration.get(holding.generation());
        if (record == null) {
            throw new IllegalStateException("resolved with " + holding + ", which is not held");
        }
        return record;
    }
}
