package io.ipam.simulation;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.Observation;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.engine.SimulatedMember;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.realm.OpeningSteps;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.StateSettings;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.SimulatedRealm;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several processes over one faulty store, driven by one schedule without threads. After each event
 * it verifies the promises of the engine against its own {@linkplain Moment fold} of the commits.
 *
 * <p>Thread safety: none; an instance is for one run.
 */
final class Simulation implements SimulatedSession.Network {
    private static final long START = 1_000_000;
    private static final int MOST_STEPS = 3_000;
    private static final int MOST_JUMP = 2_000;

    private record Late(Head expected, Commit next, int failOvers) {}

    /** A change that has taken effect, and the requests that may have caused it. */
    private record Effect(Commit commit, Change change, List<Asked> causes) {}

    private record Copy(SimulatedRealm.Backup backup, Moment moment) {}

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Schedule schedule;
    private final PlantedBug bug;
    private final boolean isTraced;
    private final SplittableRandom ids;
    private final SimulatedRealm realm;
    private final List<Moment> timeline = new ArrayList<>(List.of(Moment.NONE));
    private final List<Process> processes = new ArrayList<>();
    private final Set<Long> creators = new HashSet<>();
    private final Set<Object> seen = new HashSet<>();
    private final List<Late> late = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private final List<Asked> everybody = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final StringBuilder trace = new StringBuilder();
    private long now = START;
    private int event;
    private int downUntil;
    private int failOvers;
    private @Nullable Violation found;
    private boolean isEdited;
    private boolean isFree; // Whether a commit without a request of its own may take effect.

    private Simulation(Schedule schedule, PlantedBug bug, boolean isTraced) {
        this.isTraced = isTraced;
        this.schedule = schedule;
        this.bug = bug;
        ids = new SplittableRandom(~schedule.seed());
        realm = new SimulatedRealm(schedule.settings().commitsPerNews(), this::accepted);
        for (int i = 0; i < schedule.settings().processes(); i++) {
            processes.add(new Process(i));
        }
    }

    /**
     * Runs a schedule on processes with a bug.
     *
     * @return the trace
     * @throws Violation with the trace, if a promise is broken
     */
    static String trace(Schedule schedule, PlantedBug bug) {
        Simulation simulation = new Simulation(schedule, bug, true);
        try {
            simulation.run();
            return simulation.trace.toString();
        } catch (Violation | RuntimeException | Killed e) {
            throw new Violation(e + "\n" + schedule.settings() + "\n" + simulation.trace, e);
        }
    }

    /** Whether a schedule on processes with a bug keeps every promise. */
    static boolean passes(Schedule schedule, PlantedBug bug) {
        try {
            new Simulation(schedule, bug, false).run();
            return true;
        } catch (Violation | RuntimeException | Killed e) {
            return false;
        }
    }

    private void run() {
        for (Event next : schedule.events()) {
            now += 1 + next.choose(0, 10);
            handle(next);
            settle();
            event++;
        }
        finish();
    }

    @Override
    public void late(Head expected, Commit next) {
        late.add(new Late(expected, next, failOvers));
    }

    @Override
    public boolean isDown() {
        return event < downUntil;
    }

    @Override
    public void log(Supplier<String> line) {
        if (isTraced) {
            trace.append(line.get()).append('\n');
        }
    }

    private Moment present() {
        return timeline.get(timeline.size() - 1);
    }

    // Accepted commits

    private void accepted(Commit commit) {
        try {
            verifyAccepted(commit);
        } catch (Violation e) {
            found = e; // A committer that is closing would hide it.
            throw e;
        }
    }

    private void verifyAccepted(Commit commit) {
        Moment before = present();
        boolean isCreation = creators.contains(commit.head().id().process());
        if (before.isLoading() && !isCreation) {
            throw new Violation("a process commits " + commit.head() + " to a realm that is loading");
        }
        timeline.add(before.after(commit, !schedule.settings().hasClockJumps() && !isEdited));
        boolean isNew = seen.add(commit.head().id());
        if (isNew && !isCreation && !isFree && !isEdited) {
            commit.changes().forEach(change -> verifyRequested(commit, change));
        }
    }

    private void verifyRequested(Commit commit, Change change) {
        boolean isEmptied =
                change instanceof Change.PoolGone gone && gone.before().detached();
        if (!isEmptied) {
            List<Asked> causes = everybody.stream()
                    .filter(asked -> asked.mayLand(commit.head().id(), change))
                    .toList();
            if (causes.isEmpty()) {
                throw new Violation(
                        "the commit " + commit.head() + " has a change that no request may cause now: " + change);
            }
            effects.add(new Effect(commit, change, causes));
        }
    }

    /** A request whose answer denies an effect has not caused it. */
    private void verifyEffects() {
        for (Effect effect : effects) {
            if (effect.causes().stream().noneMatch(asked -> asked.mayHaveCaused(effect.change()))) {
                throw new Violation("the answers of " + effect.causes() + " deny the change " + effect.change()
                        + " of the commit " + effect.commit().head());
            }
        }
    }

    // Events

    private void handle(Event next) {
        Process process = processes.get(next.process());
        log(() -> event + " " + next.kind() + " process " + next.process() + phaseOf(process)
                + (next.fate() == Fate.OK ? "" : ", " + next.fate()));
        switch (next.kind()) {
            case CREATE -> create(next);
            case OPEN -> open(process, next.fate());
            case TRIM -> realm.trim(1 + next.choose(1, 6));
            case DELIVER -> deliver(next);
            case DROP -> drop(next);
            case DOWN -> downUntil = event + 1 + next.choose(1, 12);
            case BACKUP -> backUp();
            case FAIL_OVER -> failOver(next);
            case DELETE_ROW -> deleteRow(next);
            case CLOCK -> process.jump((next.choose(1, 2) == 0 ? 1 : -1) * (long) next.choose(2, MOST_JUMP));
            case PAUSE -> process.pauseUntil(event + next.choose(1, 30));
            default -> handleRunning(next, process);
        }
    }

    private static String phaseOf(Process process) {
        return process.isRunning() ? " " + process.member().phase() : "";
    }

    private void handleRunning(Event next, Process process) {
        if (!process.isRunning()) {
            return;
        }
        switch (next.kind()) {
            case STEP -> step(process, next.fate());
            case RUN -> {
                for (int i = 0; i < 8 && process.isRunning(); i++) {
                    step(process, Fate.OK);
                    settle();
                }
            }
            case TIME_OUT -> timeOut(process, next);
            case KILL -> process.end();
            case CLOSE -> process.close();
            case OBSERVE -> process.observe(process.member().observe(process.clock(now)));
            default -> {
                if (!process.isClosing() && process.member().failure() == null) {
                    ask(next, process);
                }
            }
        }
    }

    private void ask(Event next, Process process) {
        switch (next.kind()) {
            case GRANT -> start(process, grant(next, process));
            case RELEASE -> start(process, release(next, process));
            case UPDATE -> update(next, process);
            case OPEN_POOL -> start(process, AskedFlag.openPool(process, timeline, World.POOLS.get(next.choose(1, 5))));
            case RELEASE_STRAY -> start(process, AskedFlag.releaseStray(process, timeline, address(next, 1)));
            case VERIFY -> start(process, new AskedVerification(process, timeline));
            case SYNC -> start(process, AskedFlag.sync(process, timeline));
            case RECONCILE -> process.observation().ifPresent(one -> reconcile(process, one, live(next)));
            default -> throw new IllegalStateException(next.toString());
        }
    }

    private void start(Process process, Asked asked) {
        process.asked().add(asked);
        everybody.add(asked);
        log(() -> "  " + asked);
        asked.start();
    }

    private static Address address(Event next, int n) {
        return World.ADDRESSES.get(next.choose(n, World.ADDRESSES.size()));
    }

    private static Owner owner(Event next) {
        return World.OWNERS.get(next.choose(1, World.OWNERS.size()));
    }

    private AskedGrant grant(Event next, Process process) {
        List<AskedGrant.Item> items = new ArrayList<>();
        int shape = next.choose(2, 4); // eth0 alone twice as often as net1 alone or both
        if (shape != 3) {
            items.add(item(next, "eth0", 10));
        }
        if (shape >= 2) {
            items.add(item(next, "net1", 20));
        }
        Optional<Address> given = next.choose(3, 6) == 0 ? Optional.of(address(next, 4)) : Optional.empty();
        return new AskedGrant(
                process,
                timeline,
                owner(next),
                items,
                given,
                schedule.settings().order(),
                next.choose(5, 1_000));
    }

    private static AskedGrant.Item item(Event next, String interfaceName, int n) {
        int families = next.choose(n, 3);
        List<String> v4 = families == 1 ? List.of() : names(next, n + 1, 0, World.V4_POOLS);
        List<String> v6 =
                families == 0 ? List.of() : names(next, n + 4, World.V4_POOLS, World.POOLS.size() - World.V4_POOLS);
        return new AskedGrant.Item(interfaceName, v4, v6);
    }

    private static List<String> names(Event next, int n, int first, int count) {
        String one = World.POOLS.get(first + next.choose(n, count));
        String two = World.POOLS.get(first + next.choose(n + 1, count));
        return one.equals(two) ? List.of(one) : List.of(one, two);
    }

    private AskedRelease release(Event next, Process process) {
        Owner owner = owner(next);
        List<Entry.Held> own = present().held.values().stream()
                .filter(entry -> entry.owner().filter(owner::isSameAs).isPresent())
                .toList();
        Optional<Entry.Held> one = own.isEmpty() ? Optional.empty() : Optional.of(own.get(next.choose(3, own.size())));
        Address address = one.map(Entry.Held::address).orElse(address(next, 4));
        long generation = one.map(Entry.Held::generation).orElse(1L);
        ReleaseTarget target = switch (next.choose(2, 5)) {
            case 0 -> new ReleaseTarget.OfInterface(next.choose(5, 2) == 0 ? "eth0" : "net1");
            case 1 -> new ReleaseTarget.OfAddress(address);
            case 2 -> new ReleaseTarget.OfGrant(address, generation - next.choose(6, 2));
            default -> new ReleaseTarget.Everything();
        };
        return new AskedRelease(process, timeline, owner, target);
    }

    private void update(Event next, Process process) {
        PoolCatalog expected = process.member().catalog();
        PoolCatalog changed = changed(next, expected);
        if (!changed.equals(expected)) {
            start(process, new AskedUpdate(process, timeline, expected, changed, next.choose(9, 2) == 0));
        }
    }

    private static PoolCatalog changed(Event next, PoolCatalog catalog) {
        int number = next.choose(1, World.POOLS.size());
        String name = World.POOLS.get(number);
        TreeMap<String, Pool> pools = new TreeMap<>();
        catalog.pools().forEach(pool -> pools.put(pool.name(), pool));
        TreeMap<String, ReservedRange> reserved = new TreeMap<>();
        catalog.reservedRanges().forEach(range -> reserved.put(range.name(), range));
        switch (next.choose(2, 5)) {
            case 0 -> pools.remove(name);
            case 1 -> {
                if (reserved.remove("r") == null) {
                    Address address = World.address(number, 1 + next.choose(3, World.LAST));
                    reserved.put("r", ReservedRange.parse("r", address.family(), List.of(address.toString())));
                }
            }
            case 2 -> pools.put(name, World.pool(number, 1 + next.choose(3, World.LAST), true));
            default -> pools.put(name, World.pool(number, 1 + next.choose(3, World.LAST), false));
        }
        return PoolCatalog.of(pools.values(), reserved.values());
    }

    private static List<Owner> live(Event next) {
        return World.OWNERS.stream()
                .filter(owner -> next.choose(10 + World.OWNERS.indexOf(owner), 2) == 0)
                .toList();
    }

    private void reconcile(Process process, Observation observation, List<Owner> live) {
        ReconcileReport report = process.member().reconcile(observation, live, process.clock(now));
        if (report.outdated() != process.isOutdated()) {
            throw new Violation("an observation is outdated: " + report.outdated());
        }
        for (ReconcileReport.Orphan orphan : report.confirmed()) {
            if (live.stream().anyMatch(orphan.owner()::isSameAs)) {
                throw new Violation("reconcile confirms " + orphan + ", whose owner is live");
            }
            start(
                    process,
                    new AskedRelease(
                            process,
                            timeline,
                            orphan.owner(),
                            new ReleaseTarget.OfGrant(orphan.address(), orphan.generation())));
        }
    }

    private void timeOut(Process process, Event next) {
        List<Asked> waiting = process.asked();
        if (!waiting.isEmpty()) {
            Asked asked = waiting.get(next.choose(1, waiting.size()));
            log(() -> "  " + asked);
            asked.timeOut();
        }
    }

    private void step(Process process, Fate fate) {
        if (process.isPaused(event)) {
            return;
        }
        process.session().setFates(() -> fate);
        boolean runs = process.member().step(now);
        process.session().setFates(() -> Fate.OK);
        hear(process);
        if (!runs) {
            ended(process);
        }
    }

    private void hear(Process process) {
        process.member().deliverEvents();
        String heard = process.listener().verify(process.isExcused());
        if (!heard.isEmpty()) {
            log(() -> heard);
        }
        if (process.listener().takeReload()) {
            process.outdate();
        }
    }

    private void ended(Process process) {
        Throwable failure = process.member().failure();
        log(() -> "  process " + process.number() + " has ended: " + failure);
        boolean isAllowed = process.isClosing() || (isEdited && failure instanceof CorruptStoreException);
        if (!isAllowed) {
            throw new Violation("process " + process.number() + " has stopped: " + failure, failure);
        }
        poll(process);
        List<Asked> waiting = process.asked().stream().filter(Asked::isPending).toList();
        if (!waiting.isEmpty()) {
            throw new Violation("process " + process.number() + " has stopped and does not answer " + waiting);
        }
        process.end();
    }

    /** Reads the answers. */
    private void settle() {
        if (found != null) {
            throw found;
        }
        processes.forEach(this::poll);
    }

    private void poll(Process process) {
        if (process.isRunning()) {
            for (Asked asked : List.copyOf(process.asked())) {
                Supplier<String> line = asked.poll();
                if (bug == PlantedBug.DECIDE_AN_ANSWERED_REQUEST_AGAIN && asked.isUnknown() && !process.isClosing()) {
                    asked.start();
                }
                if (line != null) {
                    log(() -> "  " + line.get());
                }
            }
            process.asked().removeIf(asked -> !asked.isPending());
        }
    }

    private void deliver(Event next) {
        if (!late.isEmpty()) {
            Late one = late.remove(next.choose(1, late.size()));
            isFree = one.failOvers() != failOvers;
            try {
                Attempt attempt = realm.commit(one.expected(), one.next());
                log(() -> "  " + one.next().head() + " arrives late: "
                        + (attempt instanceof Attempt.Done ? "done" : "moved"));
            } catch (CorruptStoreException e) {
                log(() -> "  " + one.next().head() + " arrives late: corrupt");
            } finally {
                isFree = false;
            }
        }
    }

    private void drop(Event next) {
        if (!late.isEmpty()) {
            log(() -> "  " + late.remove(next.choose(1, late.size())).next().head());
        }
    }

    private void backUp() {
        if (present().isOpen() && !isEdited) {
            copies.add(new Copy(realm.backup(), present()));
        }
    }

    private void failOver(Event next) {
        if (!copies.isEmpty()) {
            Copy copy = copies.get(copies.size() - 1 - next.choose(1, Math.min(2, copies.size())));
            realm.failOver(copy.backup());
            timeline.add(copy.moment());
            failOvers++;
            processes.stream()
                    .filter(Process::isRunning)
                    .forEach(process -> process.listener().forget());
            effects.clear(); // Effects of the history that is left may be denied.
            log(() -> "  to " + copy.moment().head);
        }
    }

    private void deleteRow(Event next) {
        if (present().isOpen()) {
            realm.deleteHeldByHand(next.choose(1, 20)).ifPresent(address -> {
                log(() -> "  " + address);
                isEdited = true;
                timeline.add(present().without(address));
                processes.forEach(Process::excuse);
                effects.clear();
            });
        }
    }

    // Creating and opening

    private StateSettings stateSettings(AllocationListener listener) {
        return new StateSettings(
                schedule.settings().coolDownMillis(),
                schedule.seed(),
                Long.MAX_VALUE,
                Duration.ZERO,
                new EventQueue(Optional.of(listener)));
    }

    private RealmSettings realmSettings(Process process, long id) {
        return new RealmSettings(
                -1,
                20,
                OptionalLong.of(schedule.settings().coolDownMillis()),
                () -> id,
                () -> process.clock(now),
                schedule.settings().reportsForeign());
    }

    private void create(Event next) {
        if (present().isOpen()) {
            return;
        }
        Process process = processes.get(next.process());
        SplittableRandom choices = new SplittableRandom(next.choice());
        int[] calls = {0};
        int killedAt = choices.nextInt(8);
        int nestedAt = choices.nextInt(10);
        attemptToCreate(process, () -> {
            calls[0]++;
            if (calls[0] == nestedAt) {
                log(() -> "  another creator:");
                attemptToCreate(processes.get((next.process() + 1) % processes.size()), () -> fateOf(choices));
                refuseToOpen();
            }
            if (calls[0] == killedAt) {
                throw new Killed();
            }
            return fateOf(choices);
        });
    }

    private static Fate fateOf(SplittableRandom choices) {
        return choices.nextInt(3) == 0 ? Fate.values()[choices.nextInt(Fate.values().length - 1)] : Fate.OK;
    }

    /** A realm that is loading, or that does not exist, cannot be opened. */
    private void refuseToOpen() {
        if (!present().isOpen()) {
            open(processes.get(0), Fate.OK);
        }
    }

    private void attemptToCreate(Process process, Supplier<Fate> fates) {
        SimulatedSession session =
                new SimulatedSession(realm, this, schedule.settings().operationsPerCommit());
        session.setFates(fates);
        long id = ids.nextLong();
        creators.add(id);
        now += 3;
        try {
            OpeningSteps.create(
                    session,
                    stateSettings(event -> {}),
                    realmSettings(process, id),
                    firstCatalog(),
                    takenOver(),
                    RestoreMode.HOLD);
            log(() -> "  created");
            if (!present().isOpen()) {
                throw new Violation("the realm was created and is not open");
            }
        } catch (Killed e) {
            log(() -> "  the creator is killed");
        } catch (StoreUnavailableException | OutcomeUnknownException e) {
            log(() -> "  " + e);
        } catch (StoreException e) {
            log(() -> "  " + e);
            boolean isExpected = e.getMessage().startsWith("the realm exists")
                    || e.getMessage().startsWith("another process");
            if (!isExpected) {
                throw new Violation("a creation fails", e);
            }
        }
    }

    private static PoolCatalog firstCatalog() {
        return PoolCatalog.of(
                World.pool(0, 3, false), World.pool(1, 2, false), World.pool(3, 3, false), World.pool(4, 2, false));
    }

    private StateSnapshot takenOver() {
        if (!schedule.settings().takesOver()) {
            return StateSnapshot.empty();
        }
        Owner old = Owner.stateless("shop", "old", "old/1");
        PoolSnapshot a4 = new PoolSnapshot(
                "a4",
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new PoolSnapshot.Held(World.address(0, 1), old, "eth0", 7),
                        new PoolSnapshot.Held(World.address(0, 4), old, "net2", 8)),
                List.of(new PoolSnapshot.Cooling(World.address(0, 2), old, Instant.ofEpochMilli(START + 10))));
        PoolSnapshot a6 = PoolSnapshot.of(
                "a6", List.of(new PoolSnapshot.Held(World.address(3, 1), World.OWNERS.get(5), "eth0", 0)));
        List<Stray> strays = List.of(
                Stray.unowned("b4", World.address(1, 1), "unreadable"),
                new Stray(World.address(2, 2), "c4", Optional.of(old), "net1", 0, "lost"));
        return new StateSnapshot(10, List.of(a4, a6), strays, Set.of("b6"));
    }

    private void open(Process process, Fate fate) {
        if (process.isRunning()) {
            return;
        }
        SimulatedSession session =
                new SimulatedSession(realm, this, schedule.settings().operationsPerCommit());
        session.setFates(() -> fate);
        long id = bug.processId(ids.nextLong());
        try {
            Listener listener = new Listener(timeline, id);
            SimulatedMember opened = SimulatedMember.open(
                    bug.around(session, realm), stateSettings(listener::on), realmSettings(process, id), bug.fault());
            process.start(id, opened, session, listener);
            log(() -> "  opened by " + Long.toHexString(id));
        } catch (StoreException e) {
            log(() -> "  not opened: " + e.getMessage());
            boolean isAllowed = e instanceof StoreUnavailableException
                    || !present().isOpen()
                    || (isEdited && e instanceof CorruptStoreException);
            if (!isAllowed) {
                throw new Violation("process " + process.number() + " cannot open the realm", e);
            }
            return;
        }
        if (!present().isOpen() && bug != PlantedBug.GRANT_WHILE_LOADING) {
            throw new Violation("process " + process.number() + " has opened a realm that is not open");
        }
        if (isEdited) {
            throw new Violation("process " + process.number() + " has opened a realm without a row");
        }
    }

    // The end

    private void finish() {
        log(() -> "the end");
        downUntil = 0;
        while (!late.isEmpty()) {
            Event next = new Event(Event.Kind.DELIVER, 0, Fate.OK, now++);
            if (next.choose(5, 2) == 0) {
                deliver(next);
            } else {
                drop(next);
            }
        }
        for (int i = 0; i < 3 && !present().isOpen(); i++) {
            attemptToCreate(processes.get(0), () -> Fate.OK);
        }
        processes.forEach(process -> process.pauseUntil(0));
        acceptEdits();
        processes.forEach(process -> open(process, Fate.OK));
        quiesce();
        reconcileAtTheEnd();
        compare();
        verifyEffects();
    }

    private void acceptEdits() {
        if (isEdited) {
            processes.stream().filter(Process::isRunning).forEach(Process::end);
            processes.forEach(process -> open(process, Fate.OK));
            SimulatedSession session =
                    new SimulatedSession(realm, this, schedule.settings().operationsPerCommit());
            isFree = true;
            OpeningSteps.acceptAsFound(session, realmSettings(processes.get(0), ids.nextLong()));
            isFree = false;
            isEdited = false;
        }
    }

    /** Steps until every caller has an answer and every replica is at the head. */
    private void quiesce() {
        for (int i = 0; i < MOST_STEPS && !isQuiet(); i++) {
            for (Process process : processes) {
                if (!process.isRunning()) {
                    open(process, Fate.OK);
                }
                process.member().hint();
                step(process, Fate.OK);
                settle();
            }
            now += 5;
        }
        if (!isQuiet()) {
            throw new Violation("callers still wait: "
                    + processes.stream().map(Process::asked).toList());
        }
    }

    private boolean isQuiet() {
        return processes.stream()
                .allMatch(process -> process.isRunning()
                        && !process.isClosing()
                        && process.member().phase().equals("IDLE")
                        && process.asked().isEmpty()
                        && process.member().head().equals(realm.head()));
    }

    /**
     * Reconciles twice without a grace period: exactly the addresses of dead owners are released.
     */
    private void reconcileAtTheEnd() {
        List<Owner> live = live(new Event(Event.Kind.RECONCILE, 0, Fate.OK, schedule.seed()));
        Process process = processes.get(0);
        Set<Address> expected = new HashSet<>();
        for (Entry.Held entry : present().held.values()) {
            boolean isDead = !present().isStray(entry)
                    && live.stream().noneMatch(entry.owner().orElseThrow()::isSameAs);
            if (!isDead) {
                expected.add(entry.address());
            }
        }
        for (int i = 0; i < 2; i++) {
            now += MOST_JUMP * (i + 1L); // Later than every time that its clock has shown.
            process.observe(process.member().observe(process.clock(now)));
            reconcile(process, process.observation().orElseThrow(), live);
            quiesce();
        }
        if (!present().held.keySet().equals(expected)) {
            throw new Violation("reconcile leaves " + present().held.keySet() + ", alive are " + expected);
        }
    }

    private void compare() {
        quiesce();
        StateSnapshot first = null;
        for (Process process : processes) {
            SimulatedMember member = process.member();
            List<String> broken = new ArrayList<>(member.check());
            var verification = member.verify();
            member.step(now);
            broken.addAll(verification.result());
            if (!broken.isEmpty()) {
                throw new Violation("process " + process.number() + ": " + broken);
            }
            StateSnapshot export = member.export(process.clock(now));
            if (first != null
                    && !schedule.settings().hasClockJumps()
                    && !withoutHints(first).equals(withoutHints(export))) {
                throw new Violation("process " + process.number() + " exports " + export + ", another one " + first);
            }
            first = export;
        }
    }

    /** The last granted address is a hint of one process. */
    private static StateSnapshot withoutHints(StateSnapshot export) {
        return new StateSnapshot(
                export.lastGeneration(),
                export.pools().stream()
                        .filter(pool ->
                                !pool.held().isEmpty() || !pool.cooling().isEmpty())
                        .map(pool -> new PoolSnapshot(
                                pool.pool(), pool.detached(), Optional.empty(), pool.held(), pool.cooling()))
                        .toList(),
                export.strays(),
                export.closedPools());
    }
}
