package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.engine.EngineSettings;

/** The settings of an {@link Ipam} as settings of its engine. */
final class EngineSetup {
    private EngineSetup() {}

    /** The settings of one engine, which has its own hash seed. */
    static EngineSettings of(IpamSettings settings) {
        requireNonNull(settings, "settings");
        return new EngineSettings(
                settings.order(),
                settings.randomSeed(),
                settings.statedCoolDown(),
                settings.reconcileGrace(),
                settings.hashSeeds().getAsLong(),
                settings.statusLimitBytes(),
                settings.listener(),
                settings.clock(),
                settings.storeTimeout(),
                settings.newsInterval(),
                settings.foreignEvents());
    }
}
