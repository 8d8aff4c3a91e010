package io.ipam.benchmarks.growth;

import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.peers.ReferenceModel;
import java.util.List;
import java.util.Locale;

/** The model of the reference system, by the number of addresses held in a pool. */
public final class ReferenceCurve {
    private ReferenceCurve() {}

    /**
     * Measures one allocation and one release.
     *
     * @param effort the duration
     * @return nanoseconds by held addresses
     */
    public static Curve held(Effort effort) {
        Curve.Builder curve = Curve.named("model of the reference for one address, by addresses held");
        for (int held = 250; held <= 16_000; held *= 4) {
            ReferenceModel model = new ReferenceModel("10.0.0.0", held + 256, held);
            Figures figures = new Contest(effort.forMuchCode()).run(List.of(new Contestant("model", n -> {
                long released = 0;
                for (int i = 0; i < n; i++) {
                    released += model.release(model.allocate("shop/cart-x", "uid-x"), "uid-x") ? 1 : 0;
                }
                return released;
            })));
            curve.add(String.format(Locale.ROOT, "%,d", held), held, figures.median("model"));
        }
        return curve.build();
    }
}
