package io.ipam.benchmarks.growth;

import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.benchmarks.contest.Footprint;
import io.ipam.benchmarks.peers.HashMapRecords;
import io.ipam.benchmarks.peers.HashSetLive;
import io.ipam.benchmarks.peers.IpamLive;
import io.ipam.benchmarks.peers.IpamRecords;
import io.ipam.benchmarks.peers.LiveSet;
import io.ipam.benchmarks.peers.LowestFree;
import io.ipam.benchmarks.peers.Peers;
import io.ipam.benchmarks.peers.Pods;
import io.ipam.benchmarks.peers.Ring;
import io.ipam.benchmarks.peers.Roaring64Live;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import java.util.List;

/**
 * The memory per address of each structure and its peers, counted object by object. Each curve is
 * one kind of content, each point is a structure with that content.
 */
public final class MemoryTable {
    private static final int SIZE = 1 << 16;
    private static final int LIVE = 1_000_000;

    private MemoryTable() {}

    /** {@return the contents, ipam first in each} */
    public static List<Curve> all() {
        return List.of(half(), random(), records());
    }

    /** Half of the addresses, held at random: the worst case for structures that store ranges. */
    private static Curve half() {
        Curve.Builder curve = Curve.named("a /16, half of it held at random, per address of the pool");
        for (LowestFree peer : Peers.all()) {
            peer.load(SIZE, Peers.holes(SIZE, SIZE / 2, 3));
            curve.add(peer.name(), 1, (double) Footprint.bytes(peer.state()) / SIZE);
        }
        return curve.build();
    }

    private static Curve random() {
        Curve.Builder curve = Curve.named("a million random addresses of a /64, per address");
        Ring ring = Ring.random(LIVE, 64, 1);
        for (LiveSet set : List.of(new IpamLive(ring, Prefix.parse("2001:db8::/64")), new Roaring64Live(ring))) {
            curve.add(set.name(), 1, (double) Footprint.bytes(set.state()) / LIVE);
        }
        LiveSet objects = new HashSetLive(ring);
        return curve.add(objects.name(), 1, (double) Footprint.bytes(objects.state()) / LIVE)
                .build();
    }

    private static Curve records() {
        Pool pool = Pool.builder("dense", "10.0.0.0/16")
                .ips("10.0.0.0-10.0.255.255")
                .build();
        Owner[] owners = Pods.owners(SIZE);
        IpamRecords ours = new IpamRecords(pool, AllocationOrder.LOWEST, 0);
        HashMapRecords peer = new HashMapRecords(pool);
        ours.load(owners);
        peer.load(owners);
        return Curve.named("records of a full /16 with both indexes, per allocation, the owner not counted")
                .add("ipam", 1, (double) Footprint.bytesBeside(ours.state(), ours.shared()) / SIZE)
                .add("HashMaps", 1, (double) Footprint.bytesBeside(peer.state(), pool, owners) / SIZE)
                .build();
    }
}
