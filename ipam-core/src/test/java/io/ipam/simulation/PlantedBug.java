package io.ipam.simulation;

import io.ipam.engine.replica.PlantedFault;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.PassingStore;
import io.ipam.store.Realm;
import io.ipam.store.SimulatedRealm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A bug that the simulation must find; planted in the parts of a process, its ids, or its view of
 * the store.
 */
enum PlantedBug {
    NONE,
    ANSWER_BEFORE_COMMIT(PlantedFault.ANSWERS_EARLY),
    DECIDE_AN_ANSWERED_REQUEST_AGAIN,
    FIXED_PROCESS_ID,
    APPLY_A_COMMIT_TWICE(PlantedFault.APPLIES_TWICE),
    SKIP_A_COMMIT(PlantedFault.SKIPS_A_COMMIT),
    COMMIT_AFTER_THE_REPLICA_HAS_MOVED,
    TREAT_UNKNOWN_AS_FAILED,
    REUSE_AN_ADDRESS_RELEASED_IN_THE_BATCH(PlantedFault.REUSES_RELEASED),
    REFUSE_WITHOUT_CONFIRMATION(PlantedFault.DOES_NOT_CONFIRM),
    KEEP_MARKS_OF_A_WITHDRAWN_BATCH(PlantedFault.KEEPS_MARKS),
    COUNT_GENERATIONS_IN_THE_PROCESS(PlantedFault.COUNTS_GENERATIONS_ITSELF),
    FORGET_COOL_DOWN_AT_LOAD,
    GIVE_THE_REST_INSTEAD_OF_TRIMMED,
    RECOGNISE_THE_OWN_COMMIT_ONLY_AFTER_UNKNOWN(PlantedFault.RECOGNISES_LATE),
    GRANT_WHILE_LOADING;

    private final PlantedFault fault;

    PlantedBug() {
        this(PlantedFault.NONE);
    }

    PlantedBug(PlantedFault fault) {
        this.fault = fault;
    }

    PlantedFault fault() {
        return fault;
    }

    long processId(long drawn) {
        return this == FIXED_PROCESS_ID ? 42 : drawn;
    }

    /** The session as a process sees it. */
    StateStore around(SimulatedSession session, SimulatedRealm realm) {
        return switch (this) {
            case COMMIT_AFTER_THE_REPLICA_HAS_MOVED -> new Rebasing(session, realm);
            case TREAT_UNKNOWN_AS_FAILED -> new Forgetful(session);
            case FORGET_COOL_DOWN_AT_LOAD -> new Warm(session);
            case GIVE_THE_REST_INSTEAD_OF_TRIMMED -> new Patched(session, realm);
            case GRANT_WHILE_LOADING -> new Hasty(session);
            default -> session;
        };
    }

    /** Commits a batch that was decided at an older head. */
    private static final class Rebasing extends PassingStore {
        private final SimulatedRealm realm;

        Rebasing(StateStore to, SimulatedRealm realm) {
            super(to);
            this.realm = realm;
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            Head head = realm.head();
            long held = head.held() + next.head().held() - expected.held();
            Head after = new Head(
                    head.revision() + 1,
                    next.head().id(),
                    Math.max(head.lastGeneration(), next.head().lastGeneration()),
                    Math.max(0, held),
                    Math.max(head.stampMillis(), next.head().stampMillis()));
            return super.commit(head, new Commit(after, head.id(), next.changes()));
        }
    }

    private static final class Forgetful extends PassingStore {
        Forgetful(StateStore to) {
            super(to);
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            try {
                return super.commit(expected, next);
            } catch (OutcomeUnknownException e) {
                throw new StoreUnavailableException("failed", e);
            }
        }
    }

    private static final class Warm extends PassingStore {
        Warm(StateStore to) {
            super(to);
        }

        @Override
        public Image load() {
            return new PassingStore.PassingImage(super.load()) {
                @Override
                public Iterator<Entry> entries() {
                    List<Entry> entries = new ArrayList<>();
                    super.entries().forEachRemaining(entries::add);
                    entries.removeIf(Entry.Cooling.class::isInstance);
                    return entries.iterator();
                }
            };
        }
    }

    private static final class Hasty extends PassingStore {
        Hasty(StateStore to) {
            super(to);
        }

        @Override
        public Image load() {
            return new PassingStore.PassingImage(super.load()) {
                @Override
                public Optional<Realm> realm() {
                    return super.realm().map(one -> new Realm(one.format(), one.coolDownMillis(), Realm.Phase.OPEN));
                }
            };
        }
    }

    private static final class Patched extends PassingStore {
        private final SimulatedRealm realm;

        Patched(StateStore to, SimulatedRealm realm) {
            super(to);
            this.realm = realm;
        }

        @Override
        public News newsAfter(Head known) {
            News news = super.newsAfter(known);
            return news instanceof News.Trimmed ? realm.wholeLog() : news;
        }
    }
}
