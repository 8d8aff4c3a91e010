package io.ipam.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.List;

/** Checks the result of a hand-over against the facts, and applies it to them. */
final class NaiveHandOver {
    private final Facts facts;
    private final Owner owner;
    private final String from;
    private final String to;
    /** Zero for none. */
    private final long generation;

    NaiveHandOver(Facts facts, Owner owner, String from, String to, long generation) {
        this.facts = facts;
        this.owner = owner;
        this.from = from;
        this.to = to;
        this.generation = generation;
    }

    void check(HandOverResult actual) {
        List<Facts.Held> held = facts.heldUnder(owner);
        List<Facts.Held> old =
                held.stream().filter(h -> !h.owner().uid().equals(to)).toList();
        List<Facts.Held> thirds =
                old.stream().filter(h -> !h.owner().uid().equals(from)).toList();
        if (held.isEmpty()) {
            assertEquals(new HandOverResult.NotAllocated(), actual);
        } else if (!thirds.isEmpty()) {
            assertEquals(heldBy(thirds.get(0)), actual);
        } else if (old.isEmpty()) {
            assertEquals(new HandOverResult.AlreadyHeld(facts.heldBy(owner)), actual);
        } else if (generation != 0 && old.stream().noneMatch(h -> h.generation() == generation)) {
            assertEquals(heldBy(old.get(0)), actual);
        } else {
            accept(held, actual.orElseThrow());
            assertEquals(new HandOverResult.HandedOver(facts.heldBy(owner)), actual);
        }
    }

    private static HandOverResult heldBy(Facts.Held held) {
        return new HandOverResult.HeldByAnother(held.address(), held.owner(), held.generation());
    }

    private void accept(List<Facts.Held> held, List<Holding> answer) {
        List<Facts.Held> expected = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            Facts.Held h = held.get(i);
            if (h.owner().uid().equals(to)) {
                expected.add(h);
                continue;
            }
            long token = answer.get(i).generation();
            assertTrue(facts.generations.add(token), () -> "old generation " + token);
            facts.lastGeneration = Math.max(facts.lastGeneration, token);
            Owner next = Owner.stateful(owner.namespace(), owner.name(), to);
            expected.add(new Facts.Held(h.pool(), h.address(), next, h.interfaceName(), token));
        }
        expected.forEach(h -> facts.held.put(h.address(), h));
    }
}
