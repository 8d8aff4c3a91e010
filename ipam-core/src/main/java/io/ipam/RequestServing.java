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
 * Resolves requests and has the engine decide them; a resolution that is outdated by then is made
 * again.
 *
 * <p>Thread safety: safe. No lock is held while a request is resolved.
 */
final class RequestServing {
    private final IpamSettings settings;
    private final PoolResolver resolver;
    private final Engine engine;
    private final UsageView view;

    RequestServing(IpamSettings settings, PoolResolver resolver, Engine engine, UsageView view) {
        this.settings = settings;
        this.resolver = resolver;
        this.engine = engine;
        this.view = view;
    }

    /**
     * Serves a request.
     *
     * @param guess a resolution of the request, null if there is none
     */
    AllocationResult serve(Workload workload, PoolSelections selections, @Nullable Resolution guess) {
        long started = System.nanoTime();
        long now = settings.clock().millis();
        Resolution resolution = guess != null && isCurrent(guess) ? guess : null;
        while (true) {
            if (resolution == null) {
                PoolCatalog catalog = engine.catalog();
                resolution = resolver.resolve(workload, selections, catalog, view);
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
