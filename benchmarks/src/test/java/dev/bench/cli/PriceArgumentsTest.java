package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.scoreboard.Prices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Reads what resources cost. */
final class PriceArgumentsTest {
    @Command
    private static final class Priced {
        @Mixin
        private PriceArguments arguments = new PriceArguments();
    }

    @Test
    void takesBothPricesAndTheCurrencyInAnyOrder() {
        assertEquals(new Prices(0.04, 0.005, "EUR"), prices("--prices=currency=EUR,gb-hour=0.005,core-hour=0.04"));
        assertNull(prices());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "core-hour=1,gb-hour=1 | currency needs a name of 1 to 12 characters, such as EUR",
                "core-hour=1,gb-hour=1,currency= | currency needs a name",
                "core-hour=1,currency=EUR | gb-hour is missing; give a number from 0 on, such as 0.04",
                "core-hour=-1,gb-hour=1,currency=EUR | core-hour='-1' is no price",
                "core-hour=NaN,gb-hour=1,currency=EUR | core-hour='NaN' is no price",
                "core-hour=1,gb-hour=x,currency=EUR | gb-hour='x' is no price",
                "core-hour=1,core-hour=1,gb-hour=1,currency=EUR | core-hour is there twice",
                "cpu=1,gb-hour=1,currency=EUR | 'cpu=1' is none of core-hour=, gb-hour=, currency=",
                "0.04 | '0.04' is none of core-hour="
            })
    void refusesWhatIsNoPriceAndSaysWhatIs(String written, String fault) {
        ParameterException refused = assertThrows(ParameterException.class, () -> prices("--prices=" + written));

        assertTrue(refused.getMessage().startsWith("--prices: " + fault), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    private static @Nullable Prices prices(String... arguments) {
        Priced priced = new Priced();
        CommandLine command = new CommandLine(priced);
        command.parseArgs(arguments);
        return priced.arguments.prices(command);
    }
}
