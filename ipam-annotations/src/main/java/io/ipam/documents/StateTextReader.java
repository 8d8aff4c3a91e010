package io.ipam.documents;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.ipam.address.Address;
import io.ipam.address.InvalidAddressException;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.pool.Pool;
import io.ipam.problem.ProblemType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the text of one state; see {@link StateText} for the form. Thread safety: none. */
final class StateTextReader {
    private static final JsonKeys STATE = JsonKeys.of("format", "version", "lastGeneration", "pools");
    private static final JsonKeys POOL = JsonKeys.of("pool", "lastGranted", "detached", "held", "cooling");
    private static final JsonKeys RECORD =
            JsonKeys.of("address", "interface", "generation", "releasedAt", "namespace", "name", "uid", "stateful");
    private static final Expected OBJECT = Expected.of("an object");
    private static final Expected LIST = Expected.of("a list of objects");
    private static final Expected TEXT = Expected.of("a text");
    private static final Expected TRUTH = Expected.of("true or false");
    private static final int MOST_SHARED = 10_000;

    private final JsonReader reader;
    /** Names that many records share, held once. */
    private final Map<String, String> shared = new HashMap<>();

    StateTextReader(JsonReader reader) {
        this.reader = reader;
    }

    /** What one record says; which of it must be there depends on the list that the record is in. */
    private static final class Fields {
        @Nullable
        Address address;

        @Nullable
        Instant releasedAt;

        String interfaceName = "";
        long generation;
        String namespace = "";
        String name = "";
        String uid = "";
        boolean stateful;
    }

    StateSnapshot state() {
        long lastGeneration = 0;
        List<PoolSnapshot> pools = new ArrayList<>();
        JsonMembers members = reader.members(STATE, OBJECT);
        if (members == null) {
            return StateSnapshot.empty();
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            switch (key) {
                case 0 -> format();
                case 1 -> version();
                case 2 -> lastGeneration = token();
                default -> readPools(pools);
            }
        }
        for (int key = 0; key < STATE.names().size(); key++) {
            if (!members.has(key)) {
                members.missing(key, "is required", "");
            }
        }
        return new StateSnapshot(lastGeneration, pools);
    }

    private void format() {
        String found = reader.string(TEXT);
        if (!StateText.FORMAT.equals(found)) {
            reader.problem(ProblemType.NOT_SUPPORTED, String.valueOf(found), "must be " + StateText.FORMAT, "");
        }
    }

    private void version() {
        reader.whole(Expected.of("is version " + StateText.VERSION), StateText.VERSION, StateText.VERSION, 0);
    }

    private void readPools(List<PoolSnapshot> pools) {
        if (reader.beginArray(LIST)) {
            while (reader.nextElement()) {
                readPool().ifPresent(pools::add);
            }
        }
    }

    private Optional<PoolSnapshot> readPool() {
        String name = "";
        Optional<Pool> detached = Optional.empty();
        Optional<Address> lastGranted = Optional.empty();
        List<PoolSnapshot.Held> held = new ArrayList<>();
        List<PoolSnapshot.Cooling> cooling = new ArrayList<>();
        JsonMembers members = reader.members(POOL, OBJECT);
        if (members == null) {
            return Optional.empty();
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            switch (key) {
                case 0 -> name = text();
                case 1 -> lastGranted = Optional.ofNullable(address());
                case 2 -> detached = detached();
                case 3 -> readRecords(held, false, StateTextReader::held);
                default -> readRecords(cooling, true, StateTextReader::cooling);
            }
        }
        if (name.isEmpty()) {
            members.missing(0, "is the name of a pool", "");
            return Optional.empty();
        }
        return Optional.of(new PoolSnapshot(name, detached, lastGranted, held, cooling));
    }

    private Optional<Pool> detached() {
        Object tree = reader.tree(DocumentReader.MAX_DEPTH);
        if (tree instanceof Map) {
            try {
                return Optional.of(DocumentReader.strict()
                        .readPool(DocumentReader.asObject(tree))
                        .pool());
            } catch (InvalidDocumentException e) {
                e.problems()
                        .forEach(problem -> reader.problem(
                                problem.type(),
                                problem.offending(),
                                problem.where() + " " + problem.rule(),
                                problem.hint()));
            }
        } else {
            reader.problem(ProblemType.INVALID, DocumentFields.describe(tree), "is a SpiderIPPool document", "");
        }
        return Optional.empty();
    }

    private <T> void readRecords(List<T> records, boolean cooling, Function<Fields, T> form) {
        if (!reader.beginArray(LIST)) {
            return;
        }
        while (reader.nextElement()) {
            Fields fields = new Fields();
            if (readRecord(fields, cooling)) {
                records.add(form.apply(fields));
            }
        }
    }

    private static PoolSnapshot.Held held(Fields fields) {
        return new PoolSnapshot.Held(
                requireNonNull(fields.address), owner(fields), fields.interfaceName, fields.generation);
    }

    private static PoolSnapshot.Cooling cooling(Fields fields) {
        return new PoolSnapshot.Cooling(
                requireNonNull(fields.address), owner(fields), requireNonNull(fields.releasedAt));
    }

    /** Reads one record; false when something is wrong with it, which is then told. */
    private boolean readRecord(Fields fields, boolean cooling) {
        int before = reader.problemCount();
        JsonMembers members = reader.members(RECORD, OBJECT);
        if (members == null) {
            return false;
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            readField(fields, key);
        }
        for (int key : cooling ? new int[] {0, 3, 5} : new int[] {0, 5}) {
            if (!members.has(key)) {
                members.missing(key, "is required", "");
            }
        }
        if (reader.problemCount() == before && fields.uid.isEmpty() && !fields.stateful) {
            members.missing(6, "identifies an owner that is not stateful", "");
        }
        return reader.problemCount() == before;
    }

    private void readField(Fields fields, int key) {
        switch (key) {
            case 0 -> fields.address = address();
            case 1 -> fields.interfaceName = shared(text());
            case 2 -> fields.generation = token();
            case 3 -> fields.releasedAt = time();
            case 4 -> fields.namespace = shared(text());
            case 5 -> fields.name = required(text());
            case 6 -> fields.uid = text();
            default -> fields.stateful = reader.bool(TRUTH, false);
        }
    }

    private static Owner owner(Fields fields) {
        return new Owner(fields.stateful, fields.namespace, fields.name, fields.uid);
    }

    private String text() {
        return requireNonNullElse(reader.string(TEXT), "");
    }

    private String required(String text) {
        if (text.isEmpty()) {
            reader.problem(ProblemType.REQUIRED, "", "is not empty", "");
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

    private @Nullable Address address() {
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

    private long token() {
        String text = text();
        try {
            long token = Long.parseLong(text);
            if (token >= 0 && Long.toString(token).equals(text)) {
                return token;
            }
        } catch (NumberFormatException notAToken) {
            // A problem, below.
        }
        reader.problem(ProblemType.INVALID, text, "is a whole number from 0 to 9223372036854775807 in quotes", "");
        return 0;
    }

    private @Nullable Instant time() {
        String text = text();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            reader.problem(ProblemType.INVALID, text, "must be a time such as 2026-01-31T09:00:00.123Z", "");
            return null;
        }
    }
}
