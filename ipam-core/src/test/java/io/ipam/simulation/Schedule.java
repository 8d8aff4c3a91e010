package io.ipam.simulation;

import io.ipam.allocation.AllocationOrder;
import io.ipam.simulation.Event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run of the simulation: its settings and its events, all decided by a seed. Thread safety:
 * immutable.
 *
 * @param seed the seed
 * @param settings the settings
 * @param events the events
 */
record Schedule(long seed, Settings settings, List<Event> events) {
    /**
     * The settings of a run.
     *
     * @param processes the number of processes
     * @param operationsPerCommit the maximum number of changes of a commit
     * @param commitsPerNews the maximum number of commits of an answer
     * @param coolDownMillis the cool-down
     * @param order the order of free addresses
     * @param hasClockJumps whether clocks jump
     * @param hasFailOvers whether older copies take over
     * @param hasEdits whether rows are deleted by hand
     * @param takesOver whether the realm is created with records
     * @param reportsForeign whether commits of other processes have events
     */
    record Settings(
            int processes,
            int operationsPerCommit,
            int commitsPerNews,
            long coolDownMillis,
            AllocationOrder order,
            boolean hasClockJumps,
            boolean hasFailOvers,
            boolean hasEdits,
            boolean takesOver,
            boolean reportsForeign) {
        static Settings of(SplittableRandom random) {
            return new Settings(
                    2 + random.nextInt(2),
                    4 + random.nextInt(5),
                    1 + random.nextInt(4),
                    random.nextBoolean() ? 0 : 150 + random.nextInt(400),
                    AllocationOrder.values()[random.nextInt(AllocationOrder.values().length)],
                    random.nextInt(5) == 0,
                    random.nextInt(4) == 0,
                    random.nextInt(20) == 0,
                    random.nextBoolean(),
                    random.nextBoolean());
        }

        boolean allows(Kind kind) {
            return switch (kind) {
                case CLOCK -> hasClockJumps;
                case BACKUP, FAIL_OVER -> hasFailOvers && !hasEdits;
                case DELETE_ROW -> hasEdits;
                default -> true;
            };
        }
    }

    private static final List<Kind> LOT = lot();

    Schedule {
        events = List.copyOf(events);
    }

    static Schedule of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Settings settings = Settings.of(random);
        int faultsInHundred = random.nextInt(4) * 15;
        int length = 60 + random.nextInt(140);
        List<Event> events = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            events.add(new Event(Kind.CREATE, random.nextInt(settings.processes()), Fate.OK, random.nextLong()));
        }
        for (int i = 0; i < settings.processes(); i++) {
            events.add(new Event(Kind.OPEN, i, Fate.OK, random.nextLong()));
        }
        while (events.size() < length) {
            Kind kind = LOT.get(random.nextInt(LOT.size()));
            Event event = new Event(
                    kind, random.nextInt(settings.processes()), fate(random, faultsInHundred), random.nextLong());
            if (settings.allows(kind)) {
                events.add(event);
            }
        }
        return new Schedule(seed, settings, events);
    }

    private static Fate fate(SplittableRandom random, int faultsInHundred) {
        boolean isFault = random.nextInt(100) < faultsInHundred;
        int fate = 1 + random.nextInt(Fate.values().length - 1);
        return isFault ? Fate.values()[fate] : Fate.OK;
    }

    Schedule with(List<Event> other) {
        return new Schedule(seed, settings, other);
    }

    private static List<Kind> lot() {
        List<Kind> lot = new ArrayList<>();
        add(lot, Kind.STEP, 100);
        add(lot, Kind.RUN, 14);
        add(lot, Kind.GRANT, 34);
        add(lot, Kind.RELEASE, 14);
        add(lot, Kind.UPDATE, 7);
        add(lot, Kind.DELIVER, 8);
        add(lot, Kind.OPEN, 8);
        add(lot, Kind.TIME_OUT, 5);
        add(lot, Kind.SYNC, 4);
        add(lot, Kind.VERIFY, 2);
        add(lot, Kind.TRIM, 4);
        add(lot, Kind.KILL, 3);
        for (Kind rare : List.of(
                Kind.OPEN_POOL,
                Kind.RELEASE_STRAY,
                Kind.OBSERVE,
                Kind.OBSERVE,
                Kind.RECONCILE,
                Kind.RECONCILE,
                Kind.DROP,
                Kind.CLOSE,
                Kind.PAUSE,
                Kind.PAUSE,
                Kind.CLOCK,
                Kind.DOWN,
                Kind.BACKUP,
                Kind.BACKUP,
                Kind.BACKUP,
                Kind.FAIL_OVER,
                Kind.FAIL_OVER,
                Kind.DELETE_ROW)) {
            lot.add(rare);
        }
        return lot;
    }

    private static void add(List<Kind> lot, Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            lot.add(kind);
        }
    }
}
