package io.ipam.store.testkit;

import io.ipam.owner.Owner;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import java.text.Normalizer;
import java.util.function.UnaryOperator;

/** Sessions that change values. */
final class BrokenValues {
    private BrokenValues() {}

    private static StateStore withHeld(StateStore session, UnaryOperator<Entry.Held> edit) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                return session.commit(
                        expected,
                        new Commit(
                                next.head(),
                                next.before(),
                                next.changes().stream()
                                        .map(change -> change instanceof Change.Granted granted
                                                ? new Change.Granted(edit.apply(granted.held()))
                                                : change)
                                        .toList()));
            }
        };
    }

    private static StateStore withText(StateStore session, UnaryOperator<String> edit) {
        return withHeld(
                session,
                held -> new Entry.Held(
                        held.address(),
                        edit.apply(held.pool()),
                        held.owner()
                                .map(owner -> new Owner(
                                        owner.stateful(), edit.apply(owner.namespace()), owner.name(), owner.uid())),
                        edit.apply(held.interfaceName()),
                        held.generation(),
                        edit.apply(held.note())));
    }

    static StateStore normalised(StateStore session) {
        return withText(session, text -> Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    static StateStore emptyAsNull(StateStore session) {
        return withText(session, text -> text.isEmpty() ? "null" : text);
    }

    static StateStore cut(StateStore session) {
        return withText(session, text -> text.length() > 255 ? text.substring(0, 255) : text);
    }

    /** Like a driver that replaces text that it cannot encode. */
    static StateStore replaced(StateStore session) {
        return withText(session, text -> text.replace('\uD800', '?').replace('\u0000', ' '));
    }

    static StateStore rounded(StateStore session) {
        return withHeld(
                session,
                held -> new Entry.Held(
                        held.address(),
                        held.pool(),
                        held.owner(),
                        held.interfaceName(),
                        (long) (double) (held.generation() - 1),
                        held.note()));
    }

    static StateStore unsignedIds(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                CommitId id = next.head().id();
                Head head = new Head(
                        next.head().revision(),
                        new CommitId(id.process() & Long.MAX_VALUE, id.sequence()),
                        next.head().lastGeneration(),
                        next.head().held(),
                        next.head().stampMillis());
                return session.commit(expected, new Commit(head, next.before(), next.changes()));
            }
        };
    }
}
