package io.ipam.store.jdbc.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.crash.LoggedCall;
import io.ipam.crash.StoreCheck;
import io.ipam.store.jdbc.H2File;
import io.ipam.store.jdbc.JdbcStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker of the crash tests finds planted contradictions, and accepts unknown outcomes. */
class StoreCheckTest {
    private static final String REALM = "planted";

    private final JdbcDataSource source = new JdbcDataSource();
    private final List<LoggedCall> calls = new ArrayList<>();
    private int time;

    @BeforeEach
    void createTables() {
        source.setURL("jdbc:h2:mem:check;DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        JdbcStore.createSchema(source);
    }

    @AfterEach
    void dropTables() throws SQLException {
        H2File.shutDown(source);
    }

    private void call(String question, String owner, String answer, String details) {
        calls.add(new LoggedCall(question, owner, "", ++time, ++time, answer, details));
    }

    private void row(String address, String owner, long generation) throws SQLException {
        H2File.execute(
                source,
                "insert into ipam_address (realm, address, pool, stateful, namespace, owner, uid, interface, generation, note)"
                        + " values (?, ?, 'p', false, 'crash', ?, 'u', 'eth0', ?, '')",
                REALM,
                address,
                owner,
                generation);
    }

    private List<String> findings(int held) throws SQLException {
        H2File.execute(source, "insert into ipam_commit values (?, 1, 1, 1, 9, ?, 0, '')", REALM, held);
        return new StoreCheck(calls).compare(Rows.read(source, REALM));
    }

    private void assertFound(int held, String start) throws SQLException {
        List<String> findings = findings(held);
        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith(start), findings::toString);
    }

    @Test
    void rows_asAnswered_haveNoFinding() throws SQLException {
        call("allocate", "a", "granted", "10.6.1.1=1,2001:db8:6::1=2");
        call("allocate", "a", "granted", "10.6.1.1=1,2001:db8:6::1=2");
        call("allocate", "b", "granted", "10.6.1.2=3,2001:db8:6::2=4");
        call("release", "b", "released", "10.6.1.2=3,2001:db8:6::2=4");
        call("allocate", "c", "granted", "10.6.1.2=5,2001:db8:6::2=6");
        call("allocate", "d", "refused", "EXHAUSTED");
        call("put", "own-a", "updated", "");
        call("drop", "own-a", "updated", "");
        row("10.6.1.1", "a", 1);
        row("2001:db8:6::1", "a", 2);
        row("10.6.1.2", "c", 5);
        row("2001:db8:6::2", "c", 6);
        assertEquals(List.of(), findings(4));
    }

    @Test
    void answer_missingInTheStore_isFound() throws SQLException {
        call("allocate", "a", "granted", "10.6.1.1=1,2001:db8:6::1=2");
        row("10.6.1.1", "a", 1);
        assertFound(1, "a IPv6 holds 2001:db8:6::1=2 by its caller's log, the store has ");
    }

    @Test
    void release_missingInTheStore_isFound() throws SQLException {
        call("allocate", "a", "granted", "10.6.1.1=1,2001:db8:6::1=2");
        call("release", "a", "released", "10.6.1.1=1,2001:db8:6::1=2");
        row("10.6.1.1", "a", 1);
        assertFound(1, "a IPv4 holds ");
    }

    @Test
    void grant_repeatedWithAnotherGeneration_isFound() throws SQLException {
        call("allocate", "a", "granted", "10.6.1.1=1,2001:db8:6::1=2");
        call("allocate", "a", "granted", "10.6.1.1=3,2001:db8:6::1=2");
        row("10.6.1.1", "a", 3);
        row("2001:db8:6::1", "a", 2);
        assertTrue(findings(2).get(0).startsWith("a IPv4 holds 10.6.1.1=1, then "));
    }

    @Test
    void address_grantedToTwoOwners_isFound() throws SQLException {
        call("allocate", "a", "granted", "10.6.1.1=1,2001:db8:6::1=2");
        call("allocate", "b", "granted", "10.6.1.1=3,2001:db8:6::2=4");
        call("release", "a", "released", "10.6.1.1=1,2001:db8:6::1=2");
        row("10.6.1.1", "b", 3);
        row("2001:db8:6::2", "b", 4);
        assertFound(2, "10.6.1.1 had two holders: ");
    }

    @Test
    void owner_withTwoAddresses_isFound() throws SQLException {
        call("allocate", "a", "granted", "10.6.1.1=1,2001:db8:6::1=2");
        row("10.6.1.1", "a", 1);
        row("10.6.1.2", "a", 3);
        row("2001:db8:6::1", "a", 2);
        assertTrue(findings(3).get(0).startsWith("a has 10.6.1."));
    }

    @Test
    void row_noCallerRequested_isFound() throws SQLException {
        row("10.6.1.1", "a", 1);
        assertFound(1, "no caller requested a IPv4");
    }

    @Test
    void head_withAnotherCount_isFound() throws SQLException {
        assertFound(1, "the head counts ");
    }

    @Test
    void pool_missingInTheStore_isFound() throws SQLException {
        call("put", "own-a", "updated", "");
        assertFound(0, "own-a holds present by its caller's log");
    }

    @Test
    void outcome_unknown_mayBeEither() throws SQLException {
        call("allocate", "a", "none", "");
        call("allocate", "b", "unknown", "");
        call("allocate", "c", "granted", "10.6.1.3=3,2001:db8:6::3=4");
        call("release", "c", "none", "");
        call("allocate", "d", "granted", "10.6.1.4=5,2001:db8:6::4=6");
        call("release", "d", "unknown", "");
        call("release", "d", "released", "10.6.1.4=5,2001:db8:6::4=6");
        row("10.6.1.1", "a", 1);
        row("2001:db8:6::1", "a", 2);
        assertEquals(List.of(), findings(2));
    }

    @Test
    void outcome_unknownBeforeACommit_isSettled() throws SQLException {
        call("allocate", "a", "none", "");
        call("release", "a", "released", "10.6.1.1=1,2001:db8:6::1=2");
        row("10.6.1.1", "a", 1);
        assertFound(1, "a IPv4 holds  by its caller's log, the store has 10.6.1.1=1");
    }

    @Test
    void log_lastLineCut_isNoAnswer(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("w0c0.calls.0001.log"), "Q\t1\tallocate\ta\nA\t2\tgranted\t10.6.1");
        List<LoggedCall> read = LoggedCall.read(folder);
        assertEquals(1, read.size());
        assertTrue(read.get(0).isUnknown());
    }
}
