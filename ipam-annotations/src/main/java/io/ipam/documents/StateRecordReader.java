package io.ipam.documents;

import static java.util.Objects.requireNonNullElse;

import io.ipam.address.Address;
import io.ipam.address.InvalidAddressException;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.owner.Owner;
import io.ipam.problem.ProblemType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads single records of a state; see {@link StateText} for the form. Thread safety: none. */
final class StateRecordReader {
    private static final int ADDRESS = 0;
    private static final int NAME = 4;
    private static final int UID = 5;
    private static final int RELEASED_AT = 7;
    private static final int POOL = 7;
    private static final JsonKeys HELD =
            JsonKeys.of("address", "interface", "generation", "namespace", "name", "uid", "stateful");
    private static final JsonKeys COOLING =
            JsonKeys.of("address", "interface", "generation", "namespace", "name", "uid", "stateful", "releasedAt");
    private static final JsonKeys STRAY =
            JsonKeys.of("address", "interface", "generation", "namespace", "name", "uid", "stateful", "pool", "note");
    private static final Expected OBJECT = Expected.of("must be an object");
    private static final Expected TEXT = Expected.of("must be a text");
    private static final Expected TRUTH = Expected.of("must be true or false");
    private static final int MOST_SHARED = 10_000;

    private final JsonReader reader;
    /** Names that many records share, stored once. */
    private final Map<String, String> shared = new HashMap<>();

    private Fields fields = new Fields();

    StateRecordReader(JsonReader reader) {
        this.reader = reader;
    }

    /** The values of one record; the list that it is in decides which are required. */
    private static final class Fields {
        @Nullable
        Address address;

        Instant releasedAt = Instant.EPOCH;
        String interfaceName = "";
        long generation;
        String namespace = "";
        String name = "";
        String uid = "";
        boolean stateful;
        String pool = "";
        String note = "";

        Owner owner() {
            return new Owner(stateful, namespace, name, uid);
        }
    }

    /** The address of the record that was read last; null if it was unreadable. */
    @Nullable
    Address lastAddress() {
        return fields.address;
    }

    /** The pool of the stray that was read last. */
    String lastPool() {
        return fields.pool;
    }

    /** A held address; empty, with a problem, if it is invalid. */
    Optional<PoolSnapshot.Held> held() {
        Address address = read(HELD, ADDRESS, NAME);
        return address == null
                ? Optional.empty()
                : Optional.of(new PoolSnapshot.Held(address, fields.owner(), fields.interfaceName, fields.generation));
    }

    /** A cooling address; empty, with a problem, if it is invalid. */
    Optional<PoolSnapshot.Cooling> cooling() {
        Address address = read(COOLING, ADDRESS, RELEASED_AT, NAME);
        return address == null
                ? Optional.empty()
                : Optional.of(new PoolSnapshot.Cooling(address, fields.owner(), fields.releasedAt));
    }

    /** A stray; empty, with a problem, if it is invalid. */
    Optional<Stray> stray() {
        Address address = read(STRAY, ADDRESS, POOL);
        if (address == null) {
            return Optional.empty();
        }
        Optional<Owner> owner = fields.name.isEmpty() ? Optional.empty() : Optional.of(fields.owner());
        return Optional.of(
                new Stray(address, fields.pool, owner, fields.interfaceName, fields.generation, fields.note));
    }

    /** Reads the fields of one record; returns its address, or null if the record is invalid. */
    private @Nullable Address read(JsonKeys keys, int... required) {
        fields = new Fields();
        int before = reader.problemCount();
        JsonMembers members = reader.members(keys, OBJECT);
        if (members == null) {
            refuseNull(before);
            return null;
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            readField(keys, key);
        }
        for (int key : required) {
            if (!members.has(key)) {
                members.missing(key, "is required", "");
            }
        }
        boolean isOwned = members.has(NAME);
        if (reader.problemCount() == before && isOwned && fields.uid.isEmpty() && !fields.stateful) {
            members.missing(UID, "is required for an owner that is not stateful", "");
        }
        return reader.problemCount() == before ? fields.address : null;
    }

    private void refuseNull(int before) {
        if (reader.problemCount() == before) {
            reader.problem(ProblemType.INVALID, "null", OBJECT.rule(), "");
        }
    }

    private void readField(JsonKeys keys, int key) {
        switch (key) {
            case ADDRESS -> fields.address = address();
            case 1 -> fields.interfaceName = shared(text());
            case 2 -> fields.generation = token();
            case 3 -> fields.namespace = shared(text());
            case NAME -> fields.name = required(text());
            case UID -> fields.uid = text();
            case 6 -> fields.stateful = reader.bool(TRUTH, false);
            case POOL -> readSeventh(keys);
            default -> fields.note = text();
        }
    }

    private void readSeventh(JsonKeys keys) {
        if (keys == COOLING) {
            fields.releasedAt = time();
        } else {
            fields.pool = shared(text());
        }
    }

    private String text() {
        return requireNonNullElse(reader.string(TEXT), "");
    }

    private String required(String text) {
        if (text.isEmpty()) {
            reader.problem(ProblemType.REQUIRED, "", "must not be empty", "");
        }
        return text;
    }

    private String shared(String text) {
        String known = shared.get(text);
        if (known != null) {
            return known;
        }
        if (shared.size() < MOST_SHARED) {
            shared.put(text, text);
        }
        return text;
    }

    /** The address at the reader; null, with a problem, if it is not an address. */
    @Nullable
    Address address() {
        String text = text();
        try {
            return Address.parse(text);
        } catch (InvalidAddressException e) {
            e.problems()
                    .forEach(problem ->
                            reader.problem(problem.type(), problem.offending(), problem.rule(), problem.hint()));
            return null;
        }
    }

    /** The 64-bit token at the reader; 0, with a problem, if it is not a token. */
    long token() {
        String text = text();
        try {
            long token = Long.parseLong(text);
            if (token >= 0 && Long.toString(token).equals(text)) {
                return token;
            }
        } catch (NumberFormatException notAToken) {
            // Reported below.
        }
        reader.problem(ProblemType.INVALID, text, "must be a whole number from 0 to 9223372036854775807 in quotes", "");
        return 0;
    }

    private Instant time() {
        String text = text();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            reader.problem(ProblemType.INVALID, text, "must be a time such as 2026-01-31T09:00:00.123Z", "");
            return Instant.EPOCH;
        }
    }
}
