package io.ipam.engine.replica;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.engine.commit.CommitIds;
import io.ipam.engine.commit.Committer;
import io.ipam.engine.commit.CommitterSettings;
import io.ipam.engine.commit.Inbox;
import io.ipam.engine.commit.PlantedCommitter;
import io.ipam.engine.commit.Replica;
import io.ipam.engine.decision.Change;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.Stripe;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import java.util.List;

/** The parts of a process with one bug. Thread safety: none. */
public final class PlantedParts implements StoreMember.Parts {
    private final PlantedFault fault;

    private PlantedParts(PlantedFault fault) {
        this.fault = fault;
    }

    public static StoreMember.Parts of(PlantedFault fault) {
        return fault == PlantedFault.NONE ? StoreMember.Parts.REAL : new PlantedParts(fault);
    }

    @Override
    public Committer<EngineBatch> committer(
            StateStore store,
            Replica<EngineBatch> replica,
            Inbox<EngineBatch> inbox,
            CommitIds ids,
            CommitterSettings times,
            Runnable onApplied) {
        return switch (fault) {
            case ANSWERS_EARLY -> new PlantedCommitter.AnswersEarly<>(store, replica, inbox, ids, times, onApplied);
            case DOES_NOT_CONFIRM ->
                new PlantedCommitter.DoesNotConfirm<>(store, replica, inbox, ids, times, onApplied);
            case RECOGNISES_LATE -> new PlantedCommitter.RecognisesLate<>(store, replica, inbox, ids, times, onApplied);
            default -> new Committer<>(store, replica, inbox, ids, times, onApplied);
        };
    }

    @Override
    public Replica<EngineBatch> replica(StoreReplica real) {
        return new PlantedReplica(real, fault);
    }

    private static final class PlantedReplica implements Replica<EngineBatch> {
        private final StoreReplica real;
        private final PlantedFault fault;
        private long ownGenerations;

        PlantedReplica(StoreReplica real, PlantedFault fault) {
            this.real = real;
            this.fault = fault;
            ownGenerations = real.head().lastGeneration();
        }

        @Override
        public Head head() {
            return real.head();
        }

        @Override
        public EngineBatch newBatch() {
            EngineBatch made = real.newBatch();
            return switch (fault) {
                case REUSES_RELEASED -> new ReusesReleased(made, real);
                case KEEPS_MARKS -> new KeepsMarks(made, real);
                case COUNTS_GENERATIONS_ITSELF -> new CountsItself(made);
                default -> made;
            };
        }

        @Override
        public void confirmed(long nowMillis) {
            real.confirmed(nowMillis);
        }

        @Override
        public void apply(Commit commit) {
            boolean isSkipped =
                    fault == PlantedFault.SKIPS_A_COMMIT && commit.head().revision() % 5 == 0;
            real.apply(isSkipped ? new Commit(commit.head(), commit.before(), List.of()) : commit);
            if (fault == PlantedFault.APPLIES_TWICE) {
                real.apply(commit);
            }
        }

        @Override
        public void load(Image image, Reloaded.Cause cause) {
            real.load(image, cause);
        }

        @Override
        public void report(AllocationEvent event) {
            real.report(event);
        }

        @Override
        public List<String> compare(Image image) {
            return real.compare(image);
        }

        private final class CountsItself extends EngineBatch {
            CountsItself(EngineBatch made) {
                super(made.state(), real.head(), made.stampMillis(), change -> 1, real);
            }

            @Override
            public long newGenerations(int count) {
                super.newGenerations(count); // The head has the right number.
                long first = ownGenerations + 1;
                ownGenerations += count;
                return first;
            }
        }
    }

    /** Frees an address as soon as its release is decided. */
    private static final class ReusesReleased extends EngineBatch {
        ReusesReleased(EngineBatch made, StoreReplica real) {
            super(made.state(), real.head(), made.stampMillis(), change -> 1, real);
        }

        @Override
        public void accept(ActiveCatalog active, Stripe stripe, int ownerHash, List<Change> ofDecision) {
            super.accept(active, stripe, ownerHash, ofDecision);
            for (Change change : ofDecision) {
                if (change instanceof Change.Release) {
                    Address address = change.record().address();
                    Ledger ledger = active.ledger(change.record().pool());
                    int slot = ledger.slotOf(address);
                    stripe.owners().remove(change.record().owner(), ownerHash, ledger.number(), slot);
                    ledger.release(slot, stampMillis());
                }
            }
        }
    }

    /** Keeps the marks of a round that was withdrawn. */
    private static final class KeepsMarks extends EngineBatch {
        private boolean isAccepted;

        KeepsMarks(EngineBatch made, StoreReplica real) {
            super(made.state(), real.head(), made.stampMillis(), change -> 1, real);
        }

        @Override
        public void apply(Commit commit) {
            isAccepted = true;
            super.apply(commit);
        }

        @Override
        public void discard() {
            if (isAccepted) {
                super.discard();
            }
        }
    }
}
