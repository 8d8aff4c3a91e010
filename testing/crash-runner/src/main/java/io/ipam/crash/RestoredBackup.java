package io.ipam.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.house.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies that every process notices a restored backup, and names the grants that were lost.
 * Thread safety: none.
 */
public final class RestoredBackup {
    private final RealmUnderLoad realm;
    private final Set<String> kept;
    private final long restored;

    /**
     * Makes a check.
     *
     * @param realm the realm
     * @param kept the held addresses of the backup: owner, address, generation
     * @param restored the time before the restore
     */
    public RestoredBackup(RealmUnderLoad realm, Set<String> kept, long restored) {
        this.realm = realm;
        this.kept = Set.copyOf(kept);
        this.restored = restored;
    }

    /**
     * Waits until every process has reported the restored backup; returns the number of lost
     * grants.
     */
    public int awaitReports() throws IOException {
        int lost = 0;
        for (String process : realm.names()) {
            Await.until(process + " reports the backup", () -> {
                realm.assertAllRun();
                return !reloaded(process).isEmpty();
            });
            lost += verifyLost(process);
        }
        realm.assertAllRun();
        return lost;
    }

    private List<String> reloaded(String process) throws IOException {
        return LoggedCall.events(realm.folder(), process).stream()
                .filter(event -> event.get(1).equals("reloaded") && event.get(2).equals("DIVERGED"))
                .findFirst()
                .orElse(List.of());
    }

    /**
     * Verifies that the event names each certain grant whose owner does not hold it in the backup.
     * Returns the number of these.
     */
    private int verifyLost(String process) throws IOException {
        List<String> event = reloaded(process);
        long noticed = Long.parseLong(event.get(0));
        Set<String> reported = new HashSet<>(List.of(event.get(3).split(",")));
        Set<String> touched = new HashSet<>();
        List<LoggedCall> before = new ArrayList<>();
        for (LoggedCall call : LoggedCall.read(realm.folder())) {
            if (call.answered() < restored) {
                before.add(call);
            } else if (call.asked() < noticed) {
                touched.add(call.subject());
            }
        }
        int lost = 0;
        for (var slot : new StoreCheck(before).slots().entrySet()) {
            String owner = slot.getKey().substring(0, slot.getKey().indexOf(' '));
            String grant = owner + "=" + slot.getValue().value();
            boolean isOwn = owner.startsWith(process + "c") && !touched.contains(owner);
            boolean isCertain =
                    slot.getValue().isCertain() && !slot.getValue().value().isEmpty();
            if (isOwn && isCertain && !isKept(grant)) {
                assertTrue(reported.contains(grant), () -> grant + " was lost, and is not in " + event);
                lost++;
            }
        }
        return lost;
    }

    /** Whether the owner holds the address in the backup. */
    private boolean isKept(String grant) {
        String holding = grant.substring(0, grant.lastIndexOf('=') + 1);
        return kept.stream().anyMatch(each -> each.startsWith(holding));
    }
}
