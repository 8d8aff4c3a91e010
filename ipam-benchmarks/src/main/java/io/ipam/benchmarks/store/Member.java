package io.ipam.benchmarks.store;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One process: an {@link Ipam} with its own connection and the default settings. All of them are in
 * this Java process.
 *
 * @param name its name
 * @param session its session
 * @param ipam the Ipam
 */
record Member(String name, ObservedSession session, Ipam ipam) implements AutoCloseable {
    static final IpamSettings SETTINGS = IpamSettings.defaults().withFamilies(Set.of(HotPool.FIRST.family()));

    /** Opens a realm. */
    static Member open(Backend store, String realm, String name, long delayMillis) {
        ObservedSession session = new ObservedSession(store.session(realm), delayMillis);
        return new Member(name, session, Ipam.open(session, SETTINGS));
    }

    /** Opens a realm several times. */
    static List<Member> open(Backend store, String realm, int count) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(open(store, realm, "p" + i, 0));
        }
        return members;
    }

    static void closeAll(List<Member> members) {
        members.forEach(Member::close);
    }

    @Override
    public void close() {
        ipam.close();
    }
}
