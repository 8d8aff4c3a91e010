package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.json.JsonText;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link StateSnapshot} as a versioned JSON document. Equal snapshots have equal texts: pools are
 * in name order, records in address order, keys in the order below; absent parts are omitted.
 *
 * <pre>
 * { "format": "ipam-state", "version": 1, "lastGeneration": "42",
 *   "pools": [ { "pool": "blue-v4", "lastGranted": "10.6.1.1", "detached": { a SpiderIPPool },
 *     "held": [ { "address": "10.6.1.0", "interface": "eth0", "generation": "41", owner } ],
 *     "cooling": [ { "address": "10.6.1.1", "releasedAt": "2026-01-31T09:00:00.123Z",
 *       owner } ] } ],
 *   "strays": [ { "address": "10.6.1.7", "pool": "blue-v4", "interface": "",
 *     "generation": "0", "note": "{}", owner if known } ],
 *   "closedPools": [ "green-v4" ] }
 * owner = "namespace": "shop", "name": "cart-0", "uid": "7f3c", "stateful": true
 * </pre>
 *
 * <p>64-bit tokens are texts, because many JSON readers round numbers beyond 2^53. A reader of
 * version 1 refuses other versions and unknown keys. Limit: 2^30 characters.
 *
 * <p>Cost: O(records); {@link #write} holds one record at a time in memory, {@link #read} the text
 * and the snapshot. Thread safety: stateless.
 */
public final class StateText {
    static final String FORMAT = "ipam-state";
    static final int VERSION = 1;
    private static final int MAX_LENGTH = 1 << 30;
    private static final String SUBJECT = "state";

    private StateText() {}

    /**
     * A state with bad records.
     *
     * @param snapshot the good records. The address of a bad held record is a stray with the record
     *     as its note. The pool of a held record with an unreadable address is closed.
     * @param problems one for each bad record, in the order of the text; at most 50, and a count of
     *     the others
     */
    public record Reading(StateSnapshot snapshot, List<Problem> problems) {
        /** Copies the problems. */
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
     * @param out the destination of the text; neither closed nor flushed
     * @throws java.io.UncheckedIOException if {@code out} fails
     */
    public static void write(StateSnapshot snapshot, Appendable out) {
        try (JsonGenerator json = JsonText.generator(out)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("lastGeneration", Long.toString(snapshot.lastGeneration()));
            json.writeArrayFieldStart("pools");
            for (PoolSnapshot pool : snapshot.pools()) {
                writePool(json, pool);
            }
            json.writeEndArray();
            writeStrays(json, snapshot.strays());
            writeClosedPools(json, snapshot.closedPools());
            json.writeEndObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Reads a text that must be valid as a whole.
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
     * Reads a text in which records may be bad. Such a record hides no other, and its address stays
     * taken.
     *
     * @param text the text
     * @return the state, and the problems
     * @throws InvalidDocumentException if the text as a whole is not a state: it is cut off, of
     *     another version, or lacks one of its lists
     */
    public static Reading read(String text) {
        JsonOptions options = JsonOptions.strict(MAX_LENGTH).withCountOfRest();
        JsonResult<Optional<StateSnapshot>> result =
                JsonReader.read(text, options, reader -> new StateTextReader(reader).state());
        Optional<StateSnapshot> state = result.isJson() ? requireNonNull(result.value()) : Optional.empty();
        return new Reading(
                state.orElseThrow(() -> new InvalidDocumentException(SUBJECT, result.problems())), result.problems());
    }

    private static void writeStrays(JsonGenerator json, List<Stray> strays) throws IOException {
        if (strays.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("strays");
        for (Stray stray : strays) {
            json.writeStartObject();
            write(json, "address", stray.address().toString());
            write(json, "pool", stray.pool());
            write(json, "interface", stray.interfaceName());
            write(json, "generation", Long.toString(stray.generation()));
            write(json, "note", stray.note());
            if (stray.owner().isPresent()) {
                writeOwner(json, stray.owner().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeClosedPools(JsonGenerator json, Set<String> pools) throws IOException {
        if (pools.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("closedPools");
        for (String pool : pools) {
            json.writeString(JsonText.wellFormed(pool));
        }
        json.writeEndArray();
    }

    private static void writePool(JsonGenerator json, PoolSnapshot pool) throws IOException {
        json.writeStartObject();
        write(json, "pool", pool.pool());
        if (pool.lastGranted().isPresent()) {
            write(json, "lastGranted", pool.lastGranted().get().toString());
        }
        if (pool.detached().isPresent()) {
            json.writePOJOField(
                    "detached", PoolDocument.of(pool.detached().get()).toMap());
        }
        json.writeArrayFieldStart("held");
        for (PoolSnapshot.Held held : pool.held()) {
            json.writeStartObject();
            write(json, "address", held.address().toString());
            write(json, "interface", held.interfaceName());
            write(json, "generation", Long.toString(held.generation()));
            writeOwner(json, held.owner());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("cooling");
        for (PoolSnapshot.Cooling cooling : pool.cooling()) {
            json.writeStartObject();
            write(json, "address", cooling.address().toString());
            write(json, "releasedAt", cooling.releasedAt().toString());
            writeOwner(json, cooling.lastOwner());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeOwner(JsonGenerator json, Owner owner) throws IOException {
        write(json, "namespace", owner.namespace());
        write(json, "name", owner.name());
        write(json, "uid", owner.uid());
        if (owner.stateful()) {
            json.writeBooleanField("stateful", true);
        }
    }

    private static void write(JsonGenerator json, String key, String text) throws IOException {
        json.writeStringField(key, JsonText.wellFormed(text));
    }
}
