package io.ipam.engine.swap;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.Ledger;
import io.ipam.owner.Owner;
import io.ipam.record.OwnerTable;
import io.ipam.record.RecordTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The strays that become allocations of their owners in one catalog update. The records are added
 * while every stripe and the ledgers are locked; if the update fails, they are removed again.
 *
 * <p>Thread safety: none, made for one update.
 */
final class StrayAdoption {
    private final EngineState state;
    private final List<Adopted> adopted = new ArrayList<>(0);

    private record Adopted(Ledger ledger, Stray stray) {}

    StrayAdoption(EngineState state) {
        this.state = state;
    }

    void add(Ledger ledger, Collection<Stray> strays) {
        strays.forEach(stray -> adopted.add(new Adopted(ledger, stray)));
    }

    /** Whether a ledger gets records. */
    boolean isTo(Ledger ledger) {
        return adopted.stream().anyMatch(one -> one.ledger() == ledger);
    }

    /**
     * Adds the records. If it fails, {@link #revert} removes those that were added. The bitmaps
     * that contain them are built afterwards.
     */
    void make() {
        adopted.forEach(this::make);
    }

    private void make(Adopted one) {
        Stray stray = one.stray();
        Owner owner = ownerOf(stray);
        OwnerTable owners = ownersOf(owner);
        owners.reserve(owner, state.hashOf(owner), 1); // It cannot fail after the record is added.
        long generation =
                stray.generation() == PoolSnapshot.Held.NO_GENERATION ? state.newGenerations(1) : stray.generation();
        int slot = one.ledger()
                .records()
                .add(stray.address().high(), stray.address().low(), owner, stray.interfaceName(), generation);
        owners.add(owner, state.hashOf(owner), one.ledger().number(), slot);
    }

    private void revert(Adopted one) {
        Owner owner = ownerOf(one.stray());
        int slot = one.ledger().slotOf(one.stray().address());
        ownersOf(owner).remove(owner, state.hashOf(owner), one.ledger().number(), slot);
        one.ledger().records().remove(slot);
    }

    /** Removes the records that were added, because the update has failed. */
    void revert() {
        adopted.stream()
                .filter(one -> one.ledger()
                                .records()
                                .find(
                                        one.stray().address().high(),
                                        one.stray().address().low())
                        != RecordTable.NONE)
                .forEach(this::revert);
    }

    private OwnerTable ownersOf(Owner owner) {
        return state.stripeOf(state.hashOf(owner)).owners();
    }

    private static Owner ownerOf(Stray stray) {
        return requireNonNull(stray.owner().orElse(null));
    }
}
