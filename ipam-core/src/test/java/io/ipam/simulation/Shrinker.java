package io.ipam.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Removes events from a schedule that fails, as long as it still fails. Thread safety: no state.
 */
final class Shrinker {
    private Shrinker() {}

    /** A schedule that fails, and passes without any one of its events. */
    static Schedule shrink(Schedule failing, Predicate<Schedule> fails) {
        List<Event> events = failing.events();
        for (int size = Math.max(1, events.size() / 2); size >= 1; size /= 2) {
            int before;
            do {
                before = events.size();
                events = withoutParts(failing, events, size, fails);
            } while (size == 1 && events.size() < before);
        }
        return failing.with(events);
    }

    private static List<Event> withoutParts(Schedule failing, List<Event> events, int size, Predicate<Schedule> fails) {
        List<Event> left = events;
        for (int from = left.size() - 1; from >= 0; from -= size) {
            int first = Math.max(0, from - size + 1);
            List<Event> fewer = new ArrayList<>(left);
            fewer.subList(first, Math.min(from + 1, left.size())).clear();
            if (fails.test(failing.with(fewer))) {
                left = fewer;
            }
        }
        return left;
    }
}
