package io.ipam.documents;

import static java.util.Objects.requireNonNullElse;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.pool.Pool;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the text of one state; see {@link StateText} for the form. Thread safety: none. */
final class StateTextReader {
    private static final JsonKeys STATE =
            JsonKeys.of("format", "version", "lastGeneration", "pools", "strays", "closedPools");
    private static final int REQUIRED = 4;
    private static final JsonKeys POOL = JsonKeys.of("pool", "lastGranted", "detached", "held", "cooling");
    private static final Expected OBJECT = Expected.of("must be an object");
    private static final Expected LIST = Expected.of("must be a list of objects");
    private static final Expected NAMES = Expected.of("must be a list of names");
    private static final Expected TEXT = Expected.of("must be a text");

    private final JsonReader reader;
    private final StateRecordReader records;
    private final List<PoolSnapshot> pools = new ArrayList<>();
    private final List<Stray> strays = new ArrayList<>();
    private final Set<String> closedPools = new HashSet<>();
    private long lastGeneration;
    /** The number of problems that affect only single records. */
    private int tolerated;

    StateTextReader(JsonReader reader) {
        this.reader = reader;
        records = new StateRecordReader(reader);
    }

    /** The lists of one pool, whose name may follow them. */
    private static final class Parts {
        String name = "";
        Optional<Pool> detached = Optional.empty();
        Optional<Address> lastGranted = Optional.empty();
        final List<PoolSnapshot.Held> held = new ArrayList<>();
        final List<PoolSnapshot.Cooling> cooling = new ArrayList<>();
        /** The bad held records whose addresses are readable. */
        final List<Stray> bad = new ArrayList<>();

        boolean isClosed;
    }

    /** The state; empty if more than single records are invalid. */
    Optional<StateSnapshot> state() {
        JsonMembers members = reader.members(STATE, OBJECT);
        if (members == null) {
            return Optional.empty();
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            readPart(key);
        }
        for (int key = 0; key < REQUIRED; key++) {
            if (!members.has(key)) {
                members.missing(key, "is required", "");
            }
        }
        return reader.problemCount() == tolerated
                ? Optional.of(new StateSnapshot(lastGeneration, pools, strays, closedPools))
                : Optional.empty();
    }

    private void readPart(int key) {
        switch (key) {
            case 0 -> format();
            case 1 ->
                reader.whole(
                        Expected.of("must be version " + StateText.VERSION), StateText.VERSION, StateText.VERSION, 0);
            case 2 -> lastGeneration = records.token();
            case 3 -> forEach(LIST, this::readPool);
            case 4 -> forEach(LIST, this::readStray);
            default -> forEach(NAMES, () -> closedPools.add(text()));
        }
    }

    private void format() {
        String found = reader.string(TEXT);
        if (!StateText.FORMAT.equals(found)) {
            reader.problem(ProblemType.NOT_SUPPORTED, String.valueOf(found), "must be " + StateText.FORMAT, "");
        }
    }

    private void forEach(Expected expected, Runnable element) {
        if (reader.beginArray(expected)) {
            while (reader.nextElement()) {
                element.run();
            }
        } else if (reader.isNull()) {
            reader.problem(ProblemType.INVALID, "null", expected.rule(), "");
        }
    }

    /** Runs a part whose problems affect only single records. */
    private void tolerate(Runnable part) {
        int before = reader.problemCount();
        part.run();
        tolerated += reader.problemCount() - before;
    }

    private void readPool() {
        JsonMembers members = reader.members(POOL, OBJECT);
        if (members == null) {
            return;
        }
        Parts parts = new Parts();
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            readPart(parts, key);
        }
        if (parts.name.isEmpty()) {
            members.missing(0, "is required", "");
            return;
        }
        pools.add(new PoolSnapshot(parts.name, parts.detached, parts.lastGranted, parts.held, parts.cooling));
        parts.bad.forEach(stray -> strays.add(Stray.unowned(parts.name, stray.address(), stray.note())));
        if (parts.isClosed) {
            closedPools.add(parts.name);
        }
    }

    private void readPart(Parts parts, int key) {
        switch (key) {
            case 0 -> parts.name = text();
            case 1 -> tolerate(() -> parts.lastGranted = Optional.ofNullable(records.address()));
            case 2 -> tolerate(() -> parts.detached = detached());
            case 3 -> forEach(LIST, () -> tolerate(() -> readHeld(parts)));
            default -> forEach(LIST, () -> tolerate(() -> records.cooling().ifPresent(parts.cooling::add)));
        }
    }

    private void readHeld(Parts parts) {
        int start = reader.start();
        Optional<PoolSnapshot.Held> record = records.held();
        Address address = records.lastAddress();
        if (record.isPresent()) {
            parts.held.add(record.get());
        } else if (address != null) {
            parts.bad.add(Stray.unowned("", address, reader.sourceFrom(start)));
        } else {
            parts.isClosed = true;
        }
    }

    private void readStray() {
        int start = reader.start();
        int before = reader.problemCount();
        Optional<Stray> record = records.stray();
        Address address = records.lastAddress();
        if (record.isPresent()) {
            strays.add(record.get());
        } else if (address != null) {
            strays.add(Stray.unowned(records.lastPool(), address, reader.sourceFrom(start)));
            tolerated += reader.problemCount() - before;
        }
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
            reader.problem(ProblemType.INVALID, DocumentFields.describe(tree), "must be a SpiderIPPool document", "");
        }
        return Optional.empty();
    }

    private String text() {
        return requireNonNullElse(reader.string(TEXT), "");
    }
}
