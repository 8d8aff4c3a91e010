package io.ipam.benchmarks.goals;

import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Footprint;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.peers.HashSetLive;
import io.ipam.benchmarks.peers.IpamLive;
import io.ipam.benchmarks.peers.LiveSet;
import io.ipam.benchmarks.peers.Ring;
import io.ipam.benchmarks.peers.Roaring64Live;
import io.ipam.occupancy.Occupancy;
import java.util.ArrayList;
import java.util.List;

/** Goal 5: pools that are too large for one bit per address. */
public final class LargeFamilyGoal implements Goal {
    private static final int LIVE = 1_000_000;
    private static final int CHECKED = 1000;

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String title() {
        return "IPv6, 1M random live addresses";
    }

    @Override
    public List<Row> run(Effort effort) {
        List<Row> rows = new ArrayList<>();
        peers(effort, rows);
        lengths(effort, rows);
        memory(rows);
        making(effort, rows);
        return rows;
    }

    private static void peers(Effort effort, List<Row> rows) {
        Ring ring = Ring.random(LIVE, 64, 1);
        LiveSet ours = new IpamLive(ring, Prefix.parse("2001:db8::/64"));
        double bytes = (double) Footprint.bytes(ours.state()) / LIVE;
        String what = "release and take, /64, 1M random live";
        Figures figures = run(effort, List.of(ours, new HashSetLive(ring), new Roaring64Live(ring)));
        double best = figures.median("ipam");
        rows.add(new Row(
                5,
                what,
                best,
                "HashSet of Inet6Address",
                figures.median("HashSet of Inet6Address"),
                "ns",
                Bars.LIVE_HASH_SET.bar()));
        rows.add(new Row(5, what, best, "Roaring64", figures.median("Roaring64"), "ns", Bars.LIVE_ROARING.bar()));
        rows.add(Row.figure(5, "memory per address, 1M random", bytes, "B", Bars.LIVE_MEMORY.bar()));
    }

    private static void lengths(Effort effort, List<Row> rows) {
        int live = effort.upTo(LIVE);
        List<LiveSet> sets = new ArrayList<>();
        sets.add(new Named("/64", new IpamLive(Ring.random(live, 64, 1), Prefix.parse("2001:db8::/64"))));
        sets.add(new Named("/48", new IpamLive(Ring.random(live, 48, 1), Prefix.parse("2001:db8::/48"))));
        sets.add(new Named("::/0", new IpamLive(Ring.random(live, 0, 1), Prefix.parse("::/0"))));
        Figures figures = run(effort, sets);
        String least = figures.names().get(0);
        String most = least;
        for (String name : figures.names()) {
            least = figures.median(name) < figures.median(least) ? name : least;
            most = figures.median(name) > figures.median(most) ? name : most;
        }
        rows.add(new Row(
                5,
                "%,dk random live: slowest, %s".formatted(live / 1000, most),
                figures.median(most),
                "fastest, " + least,
                figures.median(least),
                "ns",
                Bars.PREFIX_LENGTHS.bar()));
    }

    private static void memory(List<Row> rows) {
        Occupancy dense = Occupancy.of(AddressSet.of(Prefix.parse("2001:db8::/64")));
        for (int i = 0; i < LIVE; i++) {
            dense.take(0x2001_0db8_0000_0000L, i);
        }
        double bytes = (double) Footprint.bytes(dense) / LIVE;
        rows.add(Row.figure(5, "memory per address, 1M dense", bytes, "B", Bars.DENSE_MEMORY.bar()));
    }

    private static void making(Effort effort, List<Row> rows) {
        Prefix all = Prefix.parse("::/0");
        Prefix small = Prefix.parse("10.0.0.0/24");
        Figures figures = new Contest(effort)
                .run(List.of(new Contestant("::/0", n -> make(all, n)), new Contestant("/24", n -> make(small, n))));
        rows.add(new Row(
                5,
                "making ::/0",
                figures.median("::/0"),
                "making a /24",
                figures.median("/24"),
                "ns",
                Bars.MAKING_ALL.bar()));
    }

    private static long make(Prefix prefix, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += Occupancy.of(AddressSet.of(prefix)).isEmpty() ? 1 : 0;
        }
        return sum;
    }

    private static Figures run(Effort effort, List<LiveSet> sets) {
        for (LiveSet set : sets) {
            long changed = set.step(CHECKED);
            if (changed != 2 * CHECKED) {
                throw new IllegalStateException(set.name() + " changed " + changed + ", not " + 2 * CHECKED);
            }
        }
        return new Contest(effort)
                .run(sets.stream()
                        .map(set -> new Contestant(set.name(), set::step))
                        .toList());
    }

    /** Names one of several contests of a kind. */
    private record Named(String name, LiveSet set) implements LiveSet {
        @Override
        public long step(int operations) {
            return set.step(operations);
        }

        @Override
        public Object state() {
            return set.state();
        }
    }
}
