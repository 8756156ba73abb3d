package io.splitio.spring.toggle

import io.splitio.api.SplitResult
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

/** Suspending functions, each behind a flag. */
open class Greetings {
  var left = 0

  @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldGreet")
  open suspend fun greet(user: String): String {
    delay(1)
    return "new for $user"
  }

  private suspend fun oldGreet(user: String): String {
    delay(1)
    return "old for $user"
  }

  @FeatureToggle(flag = "live", key = "#p0", fallbackMethod = "oldExplain")
  open suspend fun explain(user: String): String = "new for $user"

  suspend fun oldExplain(user: String, why: SplitResult): String {
    delay(1)
    return "old for $user because ${why.treatment}"
  }

  @FeatureToggle(flag = "live", key = "#user")
  open suspend fun refuse(user: String): String = "new for $user"

  @FeatureToggle(flag = "live", key = "#user")
  open suspend fun leave(user: String) {
    delay(1)
    left++
  }

  @FeatureToggle(flag = "live", key = "#user", whenOff = WhenOff.EMPTY)
  open suspend fun find(user: String): String? = "new for $user"

  @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "failingOld")
  open suspend fun fail(user: String): String {
    delay(1)
    throw java.io.IOException("new for $user")
  }

  private suspend fun failingOld(user: String): String {
    delay(1)
    throw java.io.IOException("old for $user")
  }

  @FeatureToggle(
    flag = "live",
    key = "#user",
    variants = [Variant(treatment = ["v2"], bean = "otherGreetings")],
  )
  open suspend fun choose(user: String): String = "first for $user"

  @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldMany")
  open fun many(user: String): Flow<String> = flowOf("new", user)

  private fun oldMany(user: String): Flow<String> = flowOf("old", user)

  @FeatureToggle(flag = "live", key = "#user", fallbackMethod = "oldNumber")
  open suspend fun number(user: String): Int = 2

  private suspend fun oldNumber(user: String): Int = 1
}

/** Another bean. */
open class OtherGreetings {
  open suspend fun choose(user: String): String {
    delay(1)
    return "other for $user"
  }
}

/** Calls them, for Java. */
object Coroutines {
  @JvmStatic fun greet(bean: Greetings) = runBlocking { bean.greet("ann") }

  @JvmStatic fun explain(bean: Greetings) = runBlocking { bean.explain("ann") }

  @JvmStatic fun refuse(bean: Greetings) = runBlocking { bean.refuse("ann") }

  @JvmStatic fun leave(bean: Greetings): Unit = runBlocking { bean.leave("ann") }

  @JvmStatic fun find(bean: Greetings): String? = runBlocking { bean.find("ann") }

  @JvmStatic fun fail(bean: Greetings) = runBlocking { bean.fail("ann") }

  @JvmStatic fun choose(bean: Greetings) = runBlocking { bean.choose("ann") }

  @JvmStatic fun number(bean: Greetings) = runBlocking { bean.number("ann") }

  @JvmStatic fun all(flow: Flow<String>) = runBlocking { flow.toList() }
}
