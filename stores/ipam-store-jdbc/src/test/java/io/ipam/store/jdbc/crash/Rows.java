package io.ipam.store.jdbc.crash;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** The rows of a realm, read by plain SQL and not through the store. */
final class Rows {
    /** By owner and family: the address with its generation. */
    private final Map<String, String> held = new HashMap<>();

    private final Set<String> pools = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private long commits;

    private Rows() {}

    static Rows read(DataSource source, String realm) throws SQLException {
        Rows rows = new Rows();
        try (Connection connection = source.getConnection()) {
            rows.readHeld(connection, realm);
            rows.readLog(connection, realm);
            for (List<String> pool : query(connection, "select name from ipam_pool where realm = ?", realm)) {
                rows.pools.add(pool.get(0));
            }
        }
        return rows;
    }

    private void readHeld(Connection connection, String realm) throws SQLException {
        Set<InetAddress> addresses = new HashSet<>();
        Set<String> generations = new HashSet<>();
        for (List<String> row : query(
                connection,
                "select address, owner, interface, generation, namespace from ipam_address where realm = ?",
                realm)) {
            String address = row.get(0);
            expect(addresses.add(parsed(address)), address + " has two holders");
            expect(generations.add(row.get(3)), "generation " + row.get(3) + " occurs twice");
            expect(row.get(2).equals("eth0") && row.get(4).equals(Caller.NAMESPACE), "no caller requested " + row);
            String before = held.put(slot(row.get(1), address), address + "=" + row.get(3));
            expect(before == null, row.get(1) + " has " + before + " and " + address + " for one family");
        }
    }

    private void readLog(Connection connection, String realm) throws SQLException {
        List<String> log = query(
                        connection,
                        "select count(*), min(revision), max(revision) from ipam_commit where realm = ?",
                        realm)
                .get(0);
        commits = Long.parseLong(log.get(0));
        expect(log.get(1).equals("1") && log.get(2).equals(log.get(0)), "the log has gaps: " + log);
        List<String> head = query(
                        connection,
                        "select held, last_generation from ipam_commit where realm = ? order by revision desc",
                        realm)
                .get(0);
        expect(Long.parseLong(head.get(0)) == held.size(), "the head counts " + head + ", there are " + held.size());
        String above = "select address from ipam_address where realm = ? and generation > " + head.get(1);
        expect(query(connection, above, realm).isEmpty(), "there are generations above " + head.get(1));
    }

    private void expect(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    private static InetAddress parsed(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    private static List<List<String>> query(Connection connection, String sql, String realm) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, realm);
            ResultSet result = statement.executeQuery();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The key of an owner's address in the family of an address. */
    static String slot(String owner, String address) {
        return owner + (address.contains(":") ? " IPv6" : " IPv4");
    }

    /** The rows that contradict each other. */
    List<String> findings() {
        return findings;
    }

    long commits() {
        return commits;
    }

    Map<String, String> held() {
        return held;
    }

    boolean hasPool(String name) {
        return pools.contains(name);
    }

    /** As a process prints its replica: owner, address, and generation. */
    Set<String> lines() {
        Set<String> lines = new TreeSet<>();
        held.forEach((slot, address) -> lines.add(slot.substring(0, slot.indexOf(' ')) + "=" + address));
        return lines;
    }
}
