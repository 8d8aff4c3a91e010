package io.ipam;

import io.ipam.engine.Engine;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.Step;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.UsageView;
import io.ipam.resolution.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Serves requests: resolves each, lets the engine decide, and resolves it again if the resolution
 * is outdated. Thread safety: safe.
 */
final class RequestServer {
    private final IpamSettings settings;
    private final PoolResolver resolver;
    private final Engine engine;
    private final UsageView view;

    RequestServer(IpamSettings settings, Engine engine) {
        this.settings = settings;
        this.engine = engine;
        resolver = PoolResolver.of(settings.resolver());
        view = new EngineView(engine);
    }

    Resolution resolve(Workload workload, PoolSelections selections, PoolCatalog catalog) {
        return resolver.resolve(workload, selections, catalog, view);
    }

    /** Serves a request; its first guess is a resolution, which may be outdated, or null. */
    AllocationResult serve(Workload workload, PoolSelections selections, @Nullable Resolution guess) {
        long started = System.nanoTime();
        long now = settings.clock().millis();
        Resolution resolution = guess != null && isCurrent(guess) ? guess : null;
        while (true) {
            if (resolution == null) {
                PoolCatalog catalog = engine.catalog();
                resolution = resolve(workload, selections, catalog);
                AllocationResult refused = RequestResult.refusalOf(resolution);
                // The holdings were read after the catalog: if it has changed since, the refusal
                // may rest on both.
                if (refused != null && engine.catalog().version() == catalog.version()) {
                    return announced(refused, workload, started);
                }
                if (refused != null) {
                    resolution = null;
                    continue;
                }
            }
            if (engine.grant(resolution, now, started) instanceof Step.Done<GrantOutcome> done) {
                return announced(RequestResult.of(done.result(), resolution), workload, started);
            }
            resolution = null;
        }
    }

    /**
     * Whether a first guess is worth an attempt. One that refuses is not, because the owner's
     * holdings may have changed.
     */
    private boolean isCurrent(Resolution guess) {
        return guess.catalogVersion() == engine.catalog().version()
                && guess.settings().equals(settings.resolver())
                && RequestResult.refusalOf(guess) == null;
    }

    private AllocationResult announced(AllocationResult result, Workload workload, long started) {
        if (result instanceof AllocationResult.Refused refused) {
            engine.announceRefusal(workload.owner(), refused.reason(), started);
        }
        return result;
    }
}
