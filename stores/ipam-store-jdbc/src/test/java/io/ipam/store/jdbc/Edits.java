package io.ipam.store.jdbc;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.store.Entry;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Edits of the tables by hand. */
final class Edits {
    private Edits() {}

    static void deleteHeld(DataSource source, String realm, Address address) throws SQLException {
        H2File.execute(source, "delete from ipam_address where realm = ? and address = ?", realm, address.toString());
    }

    static void insertHeld(DataSource source, String realm, Entry.Held held) throws SQLException {
        H2File.execute(
                source,
                "insert into ipam_address (realm, address, pool, stateful, namespace, owner, uid, interface, generation, note)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                realm,
                held.address().toString(),
                held.pool(),
                held.owner().map(Owner::stateful).orElse(null),
                held.owner().map(Owner::namespace).orElse(null),
                held.owner().map(Owner::name).orElse(null),
                held.owner().map(Owner::uid).orElse(null),
                held.interfaceName(),
                held.generation(),
                held.note());
    }
}
