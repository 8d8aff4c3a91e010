package io.ipam.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the logs of all callers with each other, and with the entries of the store. Thread
 * safety: none.
 */
public final class StoreCheck {
    private final List<LoggedCall> calls;
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Slot> slots = new TreeMap<>();
    private final Map<String, Slot> pools = new TreeMap<>();
    private int answers;
    private int unknown;

    /**
     * Accepts the logs.
     *
     * @param calls the calls; those of one caller are in their order
     */
    public StoreCheck(List<LoggedCall> calls) {
        this.calls = calls;
        calls.forEach(this::accept);
    }

    private void accept(LoggedCall call) {
        if (call.isUnknown()) {
            unknown++;
        } else {
            answers++;
        }
        if (call.question().equals("put") || call.question().equals("drop")) {
            pool(call);
            return;
        }
        for (String family : List.of("10.", "2001:")) {
            String address = call.grants().stream()
                    .filter(grant -> grant.startsWith(family) && !call.isUnknown())
                    .findFirst()
                    .orElse(Slot.NONE);
            slots.computeIfAbsent(StoreRows.slot(call.subject(), family), name -> new Slot(name, findings))
                    .accept(call, address);
        }
    }

    /** A pool is present or not, like the address of an owner. */
    private void pool(LoggedCall call) {
        boolean isPut = call.question().equals("put");
        String answer = call.answer().equals("updated") ? (isPut ? "granted" : "released") : call.answer();
        LoggedCall asSlot = new LoggedCall(
                isPut ? "allocate" : "release", call.subject(), "", call.asked(), call.answered(), answer, "");
        if (!answer.equals("refused")) {
            pools.computeIfAbsent(call.subject(), name -> new Slot(name, findings))
                    .accept(asSlot, answer.equals("granted") || answer.equals("released") ? "present" : Slot.NONE);
        }
    }

    /** The address of an owner according to the log only. */
    Map<String, Slot> slots() {
        return slots;
    }

    int answers() {
        return answers;
    }

    int unknown() {
        return unknown;
    }

    /**
     * Compares.
     *
     * @param rows the entries of the store
     * @return the contradictions in the logs, in the entries, and between them
     */
    public List<String> compare(StoreRows rows) {
        findings.addAll(rows.findings());
        compareHolders();
        slots.forEach((name, slot) -> slot.verify(rows.held().getOrDefault(name, Slot.NONE)));
        pools.forEach((name, slot) -> slot.verify(rows.hasPool(name) ? "present" : Slot.NONE));
        Set<String> strange = new HashSet<>(rows.held().keySet());
        strange.removeAll(slots.keySet());
        strange.forEach(slot ->
                findings.add("no caller requested " + slot + ": " + rows.held().get(slot)));
        return findings;
    }

    /** A grant of an address must follow a release that its previous holder requested. */
    private void compareHolders() {
        Map<String, Map<Long, LoggedCall>> grants = new TreeMap<>();
        Map<String, List<LoggedCall>> releases = new HashMap<>();
        for (LoggedCall call : calls) {
            if (call.isRelease()) {
                releases.computeIfAbsent(call.subject(), owner -> new ArrayList<>())
                        .add(call);
            } else if (call.answer().equals("granted")) {
                for (String grant : call.grants()) {
                    String[] parts = grant.split("=", -1);
                    LoggedCall before = grants.computeIfAbsent(parts[0], address -> new TreeMap<>())
                            .putIfAbsent(Long.parseLong(parts[1]), call);
                    if (before != null && !before.subject().equals(call.subject())) {
                        findings.add(grant + " was granted to " + before.subject() + " and to " + call.subject());
                    }
                }
            }
        }
        grants.forEach((address, byGeneration) -> {
            List<LoggedCall> holders = List.copyOf(byGeneration.values());
            for (int i = 1; i < holders.size(); i++) {
                compareHolders(address, holders.get(i - 1), holders.get(i), releases);
            }
        });
    }

    private void compareHolders(
            String address, LoggedCall first, LoggedCall second, Map<String, List<LoggedCall>> releases) {
        boolean isReleased = releases.getOrDefault(first.subject(), List.of()).stream()
                .filter(release ->
                        release.address().isEmpty() || release.address().startsWith(address + "="))
                .anyMatch(release -> release.asked() > first.asked() && release.asked() < second.answered());
        if (!isReleased) {
            findings.add(address + " had two holders: " + first + " and " + second);
        }
    }
}
