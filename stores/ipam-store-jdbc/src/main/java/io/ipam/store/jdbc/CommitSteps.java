package io.ipam.store.jdbc;

import io.ipam.documents.StoreText;
import io.ipam.owner.Owner;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one commit: its row of the log first, then deletions, then insertions, each in the
 * order of its keys. A renewal deletes and inserts. Texts are verified here, before anything is
 * sent.
 *
 * <p>Thread safety: none.
 */
final class CommitSteps {
    private static final String TEXT = "text";
    private static final String NUMBER = "int8";
    private static final String TRUTH = "bool";

    /** Changes no row: a realm that has a commit has settings. */
    private static final Step ABSENT = Step.guarded("updateRealm", 0, 0L, "", "", 0, 0L, "");

    private final String realm;
    private final StorableText texts;
    private final Rows deletedHeld = new Rows(TEXT, NUMBER);
    private final Rows insertedHeld = new Rows(TEXT, TEXT, TRUTH, TEXT, TEXT, TEXT, TEXT, NUMBER, TEXT);
    private final Rows deletedCooling = new Rows(TEXT);
    private final Rows putCooling = new Rows(TEXT, TEXT, TRUTH, TEXT, TEXT, TEXT, NUMBER);
    private final Rows deletedPools = new Rows(TEXT, TRUTH, TRUTH, TEXT);
    private final Rows insertedPools = new Rows(TEXT, TRUTH, TRUTH, TEXT);
    private final Rows deletedReserved = new Rows(TEXT, TEXT);
    private final Rows insertedReserved = new Rows(TEXT, TEXT);
    private final List<Step> realmPuts = new ArrayList<>();

    private CommitSteps(String realm, StorableText texts) {
        this.realm = realm;
        this.texts = texts;
    }

    /** The steps of a commit that follows a head. */
    static List<Step> of(String realm, StorableText texts, Head expected, Commit commit) {
        CommitSteps steps = new CommitSteps(realm, texts);
        String changes = texts.verified("changes of " + commit.head(), StoreText.format(commit.changes()));
        commit.changes().forEach(steps::add);
        List<Step> all = new ArrayList<>();
        if (expected.exists()) {
            all.add(steps.logged(expected, commit.head(), changes));
            all.addAll(steps.realmPuts);
        } else {
            all.add(steps.created(commit));
            all.add(steps.loggedFirst(commit.head(), changes));
        }
        steps.addRows(all);
        return all;
    }

    /** The settings that the first commit of a realm has. */
    private Step created(Commit commit) {
        for (Change change : commit.changes()) {
            if (change instanceof Change.RealmPut put && put.before().isEmpty()) {
                Realm after = put.after();
                return Step.of(
                        "insertRealm",
                        realm,
                        after.format(),
                        after.coolDownMillis(),
                        after.phase().name());
            }
        }
        throw new IllegalArgumentException("the first commit of a realm must put its settings");
    }

    private Step loggedFirst(Head head, String changes) {
        return Step.guarded(
                "insertFirstCommit",
                realm,
                head.id().process(),
                head.id().sequence(),
                head.lastGeneration(),
                head.held(),
                head.stampMillis(),
                changes);
    }

    private Step logged(Head expected, Head head, String changes) {
        return Step.guarded(
                "insertCommit",
                realm,
                realm,
                expected.revision(),
                expected.id().process(),
                expected.id().sequence(),
                head.id().process(),
                head.id().sequence(),
                head.lastGeneration(),
                head.held(),
                head.stampMillis(),
                changes);
    }

    private void addRows(List<Step> all) {
        addRows(all, "deleteHeld", deletedHeld, deletedHeld.count());
        addRows(all, "deleteCooling", deletedCooling, Step.ANY);
        addRows(all, "deletePool", deletedPools, deletedPools.count());
        addRows(all, "deleteReserved", deletedReserved, deletedReserved.count());
        addRows(all, "insertHeld", insertedHeld, insertedHeld.count());
        addRows(all, "putCooling", putCooling, Step.ANY);
        addRows(all, "insertPool", insertedPools, insertedPools.count());
        addRows(all, "insertReserved", insertedReserved, insertedReserved.count());
    }

    private void addRows(List<Step> all, String name, Rows rows, int expected) {
        if (!rows.isEmpty()) {
            rows.sort();
            all.add(new Step(name, List.of(realm), rows, expected));
        }
    }

    private void add(Change change) {
        if (change instanceof Change.Granted granted) {
            deletedCooling.add(granted.held().address().toString());
            insert(granted.held());
        } else if (change instanceof Change.Renewed renewed) {
            delete(renewed.before());
            insert(renewed.after());
        } else if (change instanceof Change.Released released) {
            delete(released.before());
            released.cooling().ifPresent(this::cool);
        } else if (change instanceof Change.Cooled cooled) {
            cool(cooled.cooling());
        } else if (change instanceof Change.RealmPut put) {
            realmPuts.add(put.before().map(before -> put(before, put.after())).orElse(ABSENT));
        } else {
            define(change);
        }
    }

    private void define(Change change) {
        if (change instanceof Change.PoolPut put) {
            put.before().ifPresent(before -> addPool(deletedPools, before));
            addPool(insertedPools, put.after());
        } else if (change instanceof Change.PoolGone gone) {
            addPool(deletedPools, gone.before());
        } else if (change instanceof Change.ReservedPut put) {
            put.before().ifPresent(before -> addReserved(deletedReserved, before));
            addReserved(insertedReserved, put.after());
        } else if (change instanceof Change.ReservedGone gone) {
            addReserved(deletedReserved, gone.before());
        }
    }

    private Step put(Realm before, Realm after) {
        return Step.guarded(
                "updateRealm",
                after.format(),
                after.coolDownMillis(),
                after.phase().name(),
                realm,
                before.format(),
                before.coolDownMillis(),
                before.phase().name());
    }

    private void delete(Entry.Held held) {
        deletedHeld.add(held.address().toString(), held.generation());
    }

    private void insert(Entry.Held held) {
        Optional<Owner> owner = held.owner();
        insertedHeld.add(
                held.address().toString(),
                text("pool", held.pool()),
                owner.map(Owner::stateful).orElse(null),
                optional("namespace", owner.map(Owner::namespace)),
                optional("name of the owner", owner.map(Owner::name)),
                optional("uid", owner.map(Owner::uid)),
                text("interface", held.interfaceName()),
                held.generation(),
                text("note", held.note()));
    }

    private void cool(Entry.Cooling cooling) {
        Owner owner = cooling.lastOwner();
        putCooling.add(
                cooling.address().toString(),
                text("pool", cooling.pool()),
                owner.stateful(),
                text("namespace", owner.namespace()),
                text("name of the owner", owner.name()),
                text("uid", owner.uid()),
                cooling.releasedMillis());
    }

    private void addPool(Rows rows, Entry.OfPool entry) {
        rows.add(
                text("name of the pool", entry.pool().name()),
                entry.detached(),
                entry.closed(),
                text("definition of the pool", StoreText.format(entry.pool())));
    }

    private void addReserved(Rows rows, Entry.OfReserved entry) {
        rows.add(
                text("name of the reserved range", entry.range().name()),
                text("definition of the reserved range", StoreText.format(entry.range())));
    }

    private String text(String subject, String text) {
        return texts.verified(subject, text);
    }

    private @Nullable String optional(String subject, Optional<String> text) {
        return text.map(present -> text(subject, present)).orElse(null);
    }
}
