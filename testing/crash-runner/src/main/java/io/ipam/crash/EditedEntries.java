package io.ipam.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.house.Await;
import java.io.IOException;
import java.util.List;

/**
 * Verifies that every process stops with the finding after held addresses were deleted by hand, and
 * that only openAsFound opens the realm. Thread safety: none.
 */
public final class EditedEntries {
    /** Deletes entries by hand. */
    public interface Deletion {
        /**
         * Deletes held addresses of the callers of a process.
         *
         * @param owners the beginning of the names of their owners
         * @return the number of deleted addresses
         */
        int delete(String owners) throws Exception;
    }

    private EditedEntries() {}

    /**
     * Deletes addresses of each process, and verifies.
     *
     * @param realm the realm
     * @param deletion the deletion
     */
    public static void deleteAndVerify(RealmUnderLoad realm, Deletion deletion) throws Exception {
        for (String process : realm.names()) {
            while (deletion.delete(process + "c") == 0) {
                realm.work(100);
            }
        }
        for (String process : realm.names()) {
            awaitCorrupt(realm, process);
            realm.process(process).kill();
        }
        assertEquals(CrashWorker.CORRUPT, realm.open("check", "refused"));
        List<String> refused = LoggedCall.events(realm.folder(), "refused").get(0);
        assertTrue(refused.get(2).contains("held"), refused::toString);
        assertEquals(0, realm.open("asFound", "found"));
        assertEquals(List.of(), realm.verifyReplica().findings());
    }

    /** A caller gets the finding, which names an address. */
    private static void awaitCorrupt(RealmUnderLoad realm, String process) throws IOException {
        Await.until("a caller of " + process + " gets the finding", () -> hasCorrupt(realm, process));
    }

    private static boolean hasCorrupt(RealmUnderLoad realm, String process) throws IOException {
        for (LoggedCall call : LoggedCall.read(realm.folder())) {
            if (call.subject().startsWith(process + "c") && call.answer().equals("corrupt")) {
                assertTrue(call.details().matches(".*(10\\.6\\.1\\.|2001:db8:6::).*"), call.details());
                return true;
            }
        }
        return false;
    }
}
