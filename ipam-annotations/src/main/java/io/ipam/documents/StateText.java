package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.json.JsonWriter;
import io.ipam.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A {@link StateSnapshot} as a versioned JSON document. Equal snapshots give equal texts: pools stand in name order, records
 * in address order, keys in the order below; absent parts are left out.
 *
 * <pre>
 * { "format": "ipam-state", "version": 1, "lastGeneration": "42",
 *   "pools": [ { "pool": "blue-v4", "lastGranted": "10.6.1.1", "detached": { a SpiderIPPool },
 *     "held": [ { "address": "10.6.1.0", "interface": "eth0", "generation": "41", owner } ],
 *     "cooling": [ { "address": "10.6.1.1", "releasedAt": "2026-01-31T09:00:00.123Z", owner } ] } ] }
 * owner = "namespace": "shop", "name": "cart-0", "uid": "7f3c", "stateful": true
 * </pre>
 *
 * <p>64-bit tokens are texts, because many JSON readers round numbers beyond 2^53. A reader of version 1 refuses other
 * versions and unknown keys. Limit: 2^30 characters.
 *
 * <p>Cost: O(records); {@link #write} holds one record at a time, {@link #read} the text and the snapshot. Thread safety:
 * stateless.
 */
public final class StateText {
    static final String FORMAT = "ipam-state";
    static final int VERSION = 1;
    private static final int MAX_LENGTH = 1 << 30;
    private static final String SUBJECT = "state";

    private StateText() {}

    /**
     * What could be read of a text, and what could not.
     *
     * @param snapshot the good records; empty when the text is not a state at all
     * @param problems one for each bad record, in the order of the text
     */
    public record Reading(StateSnapshot snapshot, List<Problem> problems) {
        /**
         * Copies the problems.
         *
         * @param snapshot the good records
         * @param problems one for each bad record
         */
        public Reading {
            requireNonNull(snapshot, "snapshot");
            problems = List.copyOf(problems);
        }
    }

    /**
     * {@return the text of a snapshot}
     *
     * @param snapshot the snapshot
     */
    public static String format(StateSnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        write(snapshot, text);
        return text.toString();
    }

    /**
     * Writes the text of a snapshot piece by piece.
     *
     * @param snapshot the snapshot
     * @param out takes the text; not closed or flushed
     * @throws java.io.UncheckedIOException when {@code out} fails
     */
    public static void write(StateSnapshot snapshot, Appendable out) {
        JsonWriter json = JsonWriter.to(out).beginObject();
        json.key("format").value(FORMAT).key("version").value(VERSION);
        json.key("lastGeneration").value(Long.toString(snapshot.lastGeneration()));
        json.key("pools").beginArray();
        snapshot.pools().forEach(pool -> writePool(json, pool));
        json.endArray().endObject().finish();
    }

    /**
     * Reads a text all of which must be good.
     *
     * @param text the text
     * @return the snapshot
     * @throws InvalidDocumentException with every problem
     */
    public static StateSnapshot parse(String text) {
        Reading reading = read(text);
        if (!reading.problems().isEmpty()) {
            throw new InvalidDocumentException(SUBJECT, reading.problems());
        }
        return reading.snapshot();
    }

    /**
     * Reads a text as far as it is good, so that one bad record does not hide the others.
     *
     * @param text the text
     * @return the good records, and the problems
     */
    public static Reading read(String text) {
        JsonOptions options = JsonOptions.strict(MAX_LENGTH).withEveryProblem();
        JsonResult<StateSnapshot> result =
                JsonReader.read(text, options, reader -> new StateTextReader(reader).state());
        return new Reading(Optional.ofNullable(result.value()).orElse(StateSnapshot.empty()), result.problems());
    }

    private static void writePool(JsonWriter json, PoolSnapshot pool) {
        json.beginObject().key("pool").value(pool.pool());
        pool.lastGranted().ifPresent(address -> json.key("lastGranted").value(address.toString()));
        pool.detached()
                .ifPresent(last ->
                        Tree.write(json.key("detached"), PoolDocument.of(last).toMap()));
        json.key("held").beginArray();
        pool.held().forEach(record -> writeHeld(json, record));
        json.endArray().key("cooling").beginArray();
        pool.cooling().forEach(record -> writeCooling(json, record));
        json.endArray().endObject();
    }

    private static void writeHeld(JsonWriter json, PoolSnapshot.Held held) {
        writeAddress(json, held.address());
        json.key("interface").value(held.interfaceName());
        json.key("generation").value(Long.toString(held.generation()));
        writeOwner(json, held.owner());
    }

    private static void writeCooling(JsonWriter json, PoolSnapshot.Cooling cooling) {
        writeAddress(json, cooling.address());
        json.key("releasedAt").value(cooling.releasedAt().toString());
        writeOwner(json, cooling.lastOwner());
    }

    private static void writeAddress(JsonWriter json, Address address) {
        json.beginObject().key("address").value(address.toString());
    }

    private static void writeOwner(JsonWriter json, Owner owner) {
        json.key("namespace").value(owner.namespace());
        json.key("name").value(owner.name());
        json.key("uid").value(owner.uid());
        if (owner.stateful()) {
            json.key("stateful").value(true);
        }
        json.endObject();
    }
}
