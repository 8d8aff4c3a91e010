package io.ipam.benchmarks.growth;

import io.ipam.address.Prefix;
import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.goals.PositionContest;
import io.ipam.benchmarks.peers.Cluster;
import io.ipam.benchmarks.peers.IpamLive;
import io.ipam.benchmarks.peers.IpamPositions;
import io.ipam.benchmarks.peers.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cost by the size of pools, the number of pools, and the number of held addresses. */
public final class SizeCurves {
    private static final int LIVE = 100_000;

    private SizeCurves() {}

    /**
     * Steady state of a full pool, /24 to /8.
     *
     * @param effort the duration
     * @return nanoseconds by number of addresses
     */
    public static Curve pools4(Effort effort) {
        Curve.Builder curve = Curve.named("release one, take the lowest free: /24 to /8, 99.99 % full");
        for (int bits = 8; bits <= 24; bits += 4) {
            int size = 1 << bits;
            int free = Math.max(1, size / 10_000);
            Figures figures = PositionContest.churn(effort, size, free, List.of(new IpamPositions()));
            curve.add("/" + (32 - bits), size, figures.median("ipam bitmap"));
        }
        return curve.build();
    }

    /**
     * Random live addresses, /64 to ::/0.
     *
     * @param effort the duration
     * @return nanoseconds by number of addresses
     */
    public static Curve pools6(Effort effort) {
        Curve.Builder curve = Curve.named("release one, take another: /64 to ::/0, 100,000 random live");
        for (int length = 64; length >= 0; length -= 16) {
            Prefix prefix = Prefix.parse(length == 0 ? "::/0" : length == 16 ? "2001::/16" : "2001:db8::/" + length);
            IpamLive live = new IpamLive(Ring.random(LIVE, length, 1), prefix);
            Figures figures = new Contest(effort).run(List.of(new Contestant("ipam", live::step)));
            curve.add("/" + length, Math.pow(2, 128 - length), figures.median("ipam"));
        }
        return curve.build();
    }

    /**
     * The whole request by number of pools; it names four of them.
     *
     * @param effort the duration
     * @return nanoseconds by number of pools
     */
    public static Curve catalog(Effort effort) {
        List<Contestant> contestants = new ArrayList<>();
        for (int pools = 10; pools <= 10_000; pools *= 10) {
            contestants.add(new Contestant(number(pools), new Cluster(pools, 1_000)::wholeWay));
        }
        return curve("the whole way for four addresses, by pools", effort, contestants);
    }

    /**
     * The whole request by number of held addresses.
     *
     * @param effort the duration
     * @return nanoseconds by number of held addresses
     */
    public static Curve held(Effort effort) {
        List<Contestant> contestants = new ArrayList<>();
        for (int held = 1_000; held <= 1_000_000; held *= 10) {
            contestants.add(new Contestant(number(held), new Cluster(100, held)::wholeWay));
        }
        return curve("the whole way for four addresses, by addresses held", effort, contestants);
    }

    private static Curve curve(String name, Effort effort, List<Contestant> contestants) {
        Figures figures = new Contest(effort.forMuchCode()).run(contestants);
        Curve.Builder curve = Curve.named(name);
        for (String each : figures.names()) {
            curve.add(each, Double.parseDouble(each.replace(",", "")), figures.median(each));
        }
        return curve.build();
    }

    private static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
