package io.ipam.simulation;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The listener of one process: verifies that events report what was committed, its own changes
 * once. Thread safety: none.
 */
final class Listener {
    private final List<Moment> timeline;
    private final long processId;
    private final List<AllocationEvent> waiting = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private boolean hasReloaded;
    private boolean hasForgotten;

    Listener(List<Moment> timeline, long processId) {
        this.timeline = timeline;
        this.processId = processId;
    }

    void on(AllocationEvent event) {
        waiting.add(event);
    }

    /** A history was lost: the same changes may be committed again. */
    void forget() {
        hasForgotten = true; // An own commit may come back as news.
        told.clear();
    }

    /** Whether the realm was loaded again since the last call. */
    boolean takeReload() {
        boolean was = hasReloaded;
        hasReloaded = false;
        return was;
    }

    /** Verifies the events so far; returns the last of them as text. */
    String verify(boolean isExcused) {
        StringBuilder text = new StringBuilder();
        for (AllocationEvent event : waiting) {
            if (event instanceof Reloaded reloaded) {
                hasReloaded = true;
                text.append("  event: loaded ").append(reloaded.cause());
                verify(reloaded, isExcused);
            } else if (event instanceof AllocationEvent.Foreign foreign) {
                verify(foreign.event(), false);
            } else {
                verify(event, true);
            }
        }
        waiting.clear();
        return text.toString();
    }

    private void verify(AllocationEvent event, boolean isOwn) {
        String text = textOf(event);
        if (text.isEmpty()) {
            return;
        }
        boolean isTrue = timeline.stream()
                .anyMatch(moment -> moment.by != null
                        && (hasForgotten || (moment.by.head().id().process() == processId) == isOwn)
                        && moment.reports().contains(text));
        if (!isTrue) {
            throw new Violation("an event reports " + text + ", which was not committed");
        }
        if (isOwn && !told.add(text)) {
            throw new Violation("an event reports " + text + " twice");
        }
    }

    private static String textOf(AllocationEvent event) {
        if (event instanceof AllocationEvent.Granted granted) {
            return "granted " + granted.address() + " #" + granted.generation() + " " + granted.interfaceName();
        }
        return event instanceof AllocationEvent.Released released
                ? "released " + released.address() + " #" + released.generation()
                : "";
    }

    /** The events of a change, as texts. */
    static List<String> textsOf(Change change) {
        if (change instanceof Change.Granted one) {
            return List.of(granted(one.held()));
        }
        if (change instanceof Change.Renewed one) {
            return List.of(granted(one.after()), released(one.before()));
        }
        return change instanceof Change.Released one ? List.of(released(one.before())) : List.of();
    }

    private static String granted(Entry.Held held) {
        return "granted " + held.address() + " #" + held.generation() + " " + held.interfaceName();
    }

    private static String released(Entry.Held held) {
        return "released " + held.address() + " #" + held.generation();
    }

    /** A load names every grant of the old replica that the new one lacks. */
    private void verify(Reloaded event, boolean isExcused) {
        Set<Address> named = new TreeSet<>();
        event.lost().forEach(one -> named.add(one.address()));
        for (int from = timeline.size() - 1; from >= 0; from--) {
            for (int to = timeline.size() - 1; to >= 0; to--) {
                if (timeline.get(from).head.revision() == event.from()
                        && timeline.get(to).head.revision() == event.to()
                        && lost(timeline.get(from), timeline.get(to)).equals(named)) {
                    return;
                }
            }
        }
        if (!isExcused) {
            throw new Violation("a load from " + event.from() + " to " + event.to() + " reports as lost " + named);
        }
    }

    private static Set<Address> lost(Moment from, Moment to) {
        Set<Address> lost = new TreeSet<>();
        for (Entry.Held entry : from.held.values()) {
            if (!from.isStray(entry) && !isKept(entry, to)) {
                lost.add(entry.address());
            }
        }
        return lost;
    }

    private static boolean isKept(Entry.Held entry, Moment to) {
        Entry.Held after = to.held.get(entry.address());
        return after != null
                && after.owner()
                        .map(owner -> owner.isSameAs(entry.owner().orElseThrow()))
                        .orElse(true);
    }
}
